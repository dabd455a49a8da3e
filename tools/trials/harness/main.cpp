#define main solution_main
//SOLUTION//
#undef main
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>
static void told_(long long value) { std::cout << value; }
static void told_(const std::optional<long long> &value) { if (value) std::cout << *value; else std::cout << "null"; }
static void told_(const std::vector<long long> &values) {
    std::cout << "[";
    for (std::size_t i = 0; i < values.size(); i++) std::cout << (i ? ", " : "") << values[i];
    std::cout << "]";
}
int main() {
    std::string mark, line;
    std::getline(std::cin, mark);
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::vector<long long> xs;
        for (long long x; words >> x;) xs.push_back(x);
        const auto given = //NAME//(xs);
        std::cout << "\n" << mark << " ";
        told_(given);
        std::cout << "\n";
    }
}
