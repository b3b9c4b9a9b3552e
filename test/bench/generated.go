// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// generate writes a program of n small packages of its own, each of which imports two others, so that what grows with
// the number of packages shows. Only a service imports what is woven.
func generate(directory string, n int, service bool) {
	write := func(name, format string, args ...any) {
		path := filepath.Join(directory, name)
		check(os.MkdirAll(filepath.Dir(path), 0o777))
		check(os.WriteFile(path, []byte(fmt.Sprintf(format, args...)), 0o666))
	}
	write("go.mod", "module example.com/generated\n\ngo 1.25.0\n")
	imports, call := "", ""
	if service {
		imports, call = "\t\"net/http\"\n", ", http.ListenAndServe(\"localhost:0\", nil)"
	}
	write("main.go", `package main

import (
	"fmt"
%s
	"example.com/generated/p0"
)

func main() {
	fmt.Println(p0.Sum()%s)
}
`, imports, call)
	for i := range n {
		imports, sum := "", "1"
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < n {
				imports += fmt.Sprintf("import \"example.com/generated/p%d\"\n", child)
				sum += fmt.Sprintf(" + p%d.Sum()", child)
			}
		}
		write(fmt.Sprintf("p%d/p.go", i), "package p%d\n\n%s\n// Sum counts packages.\nfunc Sum() int { return %s }\n", i, imports, sum)
	}
}
