//IMPORTS//
class Trial_ {
    static String told(long value) { return Long.toString(value); }
    static String told(Long value) { return String.valueOf(value); }
    static String told(long[] values) { return java.util.Arrays.toString(values); }
    public static void main(String[] arguments) {
        var input = new java.util.Scanner(System.in);
        var mark = input.nextLine();
        while (input.hasNextLine()) {
            var words = input.nextLine().trim();
            long[] xs = words.isEmpty() ? new long[0] : java.util.Arrays.stream(words.split(" ")).mapToLong(Long::parseLong).toArray();
            System.out.println("\n" + mark + " " + told(Solution.//NAME//(xs)));
        }
    }
}
//SOLUTION//
