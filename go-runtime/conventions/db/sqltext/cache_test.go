// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"fmt"
	"sync"
	"testing"
)

func sizeOf(g *generations) (n int) {
	for _, of := range []*generation{g.young.Load(), g.old.Load()} {
		of.statements.Range(func(_, _ any) bool { n++; return true })
	}
	return n
}

func TestQueriesInUseStayAndOthersGo(t *testing.T) {
	g := newGenerations()
	hot := key{"mysql", "SELECT a FROM hot"}
	first := &Statement{Text: "hot"}
	g.put(&entry{hot, first})
	for i := 0; i < 10*maxGeneration; i++ {
		g.put(&entry{key{"mysql", fmt.Sprint("SELECT ", i)}, &Statement{}})
		if i%100 == 0 && g.get(hot) != first {
			t.Fatalf("gone after %d others", i)
		}
		if n := sizeOf(g); i%1000 == 0 && n > 2*maxGeneration {
			t.Fatalf("%d statements are kept", n)
		}
	}
	if g.get(key{"mysql", "SELECT 0"}) != nil {
		t.Error("a query that nobody asks for is kept")
	}
}

func TestLongQueriesFillAGenerationSooner(t *testing.T) {
	g := newGenerations()
	long := string(make([]byte, maxQuery))
	for i := 0; i < 2000; i++ {
		g.put(&entry{key{"mysql", fmt.Sprint(long, i)}, &Statement{}})
	}
	if n := sizeOf(g); n > 2*maxBytes/maxQuery+2 {
		t.Errorf("%d statements of %d bytes are kept", n, maxQuery)
	}
}

func TestManyDescribeAtOnce(t *testing.T) {
	var group sync.WaitGroup
	for n := 0; n < 8; n++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := 0; i < 3000; i++ {
				query := fmt.Sprintf("SELECT * FROM t WHERE a = 'x%d'", i)
				if s := Describe("mysql", query); s.Text != "SELECT * FROM t WHERE a = ?" {
					t.Error(s.Text)
				}
			}
		}()
	}
	group.Wait()
}

// A query that is asked for again and again, while others come that are new.
func BenchmarkDescribeAmongOthers(b *testing.B) {
	for _, every := range []int{0, 1000, 100} {
		b.Run(fmt.Sprintf("one new in %d", every), func(b *testing.B) {
			for i := 0; i < 3000; i++ {
				Describe("postgresql", fmt.Sprintf("SELECT a FROM t WHERE b = 'x%d-%d'", b.N, i))
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				Describe("postgresql", "SELECT a, b FROM users WHERE id = $1 AND c = 'x'")
				if every > 0 && i%every == 0 {
					b.StopTimer()
					Describe("postgresql", fmt.Sprintf("SELECT a FROM t WHERE b = 'y%d-%d'", b.N, i))
					b.StartTimer()
				}
			}
		})
	}
}

func BenchmarkDescribeNew(b *testing.B) {
	for _, system := range []string{"postgresql", "mysql", "other_sql"} {
		b.Run(system, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				describe(system, "SELECT a, b FROM users WHERE id = $1 AND c = 'x' ORDER BY a LIMIT 10")
			}
		})
	}
}
