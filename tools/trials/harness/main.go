package main

//IMPORTS//
import (
	bufio_ "bufio"
	fmt_ "fmt"
	os_ "os"
	strconv_ "strconv"
	strings_ "strings"
)

//SOLUTION//

func told_(value any) string {
	switch value := value.(type) {
	case []int64:
		words := make([]string, len(value))
		for i, x := range value {
			words[i] = strconv_.FormatInt(x, 10)
		}
		return "[" + strings_.Join(words, ", ") + "]"
	case *int64:
		if value == nil {
			return "null"
		}
		return strconv_.FormatInt(*value, 10)
	}
	return fmt_.Sprint(value)
}

func main() {
	input := bufio_.NewScanner(os_.Stdin)
	input.Buffer(make([]byte, 1<<16), 1<<20)
	input.Scan()
	mark := input.Text()
	for input.Scan() {
		xs := []int64{}
		for _, word := range strings_.Fields(input.Text()) {
			x, _ := strconv_.ParseInt(word, 10, 64)
			xs = append(xs, x)
		}
		fmt_.Printf("\n%s %s\n", mark, told_(//NAME//(xs)))
	}
}
