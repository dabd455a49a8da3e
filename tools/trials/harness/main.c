#define main solution_main
//SOLUTION//
#undef main
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    static char mark[64], line[1 << 16];
    static long long xs[4096], out[4096];
    if (!fgets(mark, sizeof mark, stdin)) return 1;
    mark[strcspn(mark, "\n")] = 0;
    while (fgets(line, sizeof line, stdin)) {
        int n = 0;
        for (char *at = strtok(line, " \n"); at && n < 4096; at = strtok(NULL, " \n")) xs[n++] = atoll(at);
#if defined RETURNS_NUMBER
        printf("\n%s %lld\n", mark, (long long)//NAME//(xs, n));
#else
        int m = //NAME//(xs, n, out);
        if (m < 0 || m > 4096) { printf("\n%s \"a count of %d\"\n", mark, m); continue; }
#if defined RETURNS_MAYBE
        if (m == 0) printf("\n%s null\n", mark); else printf("\n%s %lld\n", mark, out[0]);
#else
        printf("\n%s [", mark);
        for (int i = 0; i < m; i++) printf(i ? ", %lld" : "%lld", out[i]);
        printf("]\n");
#endif
#endif
    }
    return 0;
}
