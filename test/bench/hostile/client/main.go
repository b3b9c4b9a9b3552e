// SPDX-License-Identifier: Apache-2.0

// client sends requests in which everything is made up, and looks from time to time
// at what the server's page for Prometheus has become.
//
//	client SERVER METRICS REQUESTS [SERIES KILOBYTES]
//
// With the last two it fails where there is more than that.
package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
)

func main() {
	requests, _ := strconv.Atoi(os.Args[3])
	fmt.Printf("%10s %8s %10s %10s %10s\n", "requests", "series", "page KiB", "heap MiB", "RSS MiB")
	sent := 0
	for at := 1000; ; at *= 10 {
		if at > requests {
			at = requests
		}
		send(os.Args[1], sent, at)
		sent = at
		series, size := page(os.Args[2], sent)
		if len(os.Args) > 5 {
			most, _ := strconv.Atoi(os.Args[4])
			kilobytes, _ := strconv.Atoi(os.Args[5])
			if series > most || size > kilobytes<<10 {
				fmt.Printf("more than %d series or %d KiB\n", most, kilobytes)
				os.Exit(1)
			}
		}
		if at == requests {
			return
		}
	}
}

// send sends requests by number, on as many connections as may be.
func send(server string, from, to int) {
	var all sync.WaitGroup
	const connections = 8
	for c := 0; c < connections; c++ {
		all.Add(1)
		go func(c int) {
			defer all.Done()
			var conn net.Conn
			var answers *bufio.Reader
			random := rand.New(rand.NewSource(int64(from + c)))
			for i := from + c; i < to; i += connections {
				if conn == nil {
					var err error
					if conn, err = net.Dial("tcp", server); err != nil {
						fmt.Println(err)
						os.Exit(1)
					}
					answers = bufio.NewReader(conn)
				}
				method, text := made(random, i)
				io.WriteString(conn, text)
				answer, err := http.ReadResponse(answers, &http.Request{Method: method})
				if err == nil {
					_, err = io.Copy(io.Discard, answer.Body)
				}
				if err != nil || answer.Close || method == "CONNECT" {
					conn.Close()
					conn = nil
				}
			}
			if conn != nil {
				conn.Close()
			}
		}(c)
	}
	all.Wait()
}

// made is a request of which nothing comes twice.
func made(random *rand.Rand, i int) (method, text string) {
	word := func() string { return fmt.Sprintf("x%d-%x", i, random.Uint64()) }
	path := []string{"/users/" + word(), "/tree/" + word(), "/tree/" + word() + "/", "/" + word(), "//" + word() + "/../" + word(), "/hook?host=" + word() + ".example:80"}[random.Intn(6)]
	method = []string{"GET", "POST", "CONNECT", "HEAD", "M" + strconv.Itoa(i), word()}[random.Intn(6)]
	if strings.HasPrefix(path, "/hook") {
		method = "GET"
	}
	version := []string{"1.1", "1.1", "1.1", "1.0", "1.7"}[random.Intn(5)]
	proto := word()
	if random.Intn(4) == 0 {
		proto = "https"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/%s\r\nHost: %s.example:%d\r\n", method, path, version, word(), 1+random.Intn(65000))
	fmt.Fprintf(&b, "X-Forwarded-Proto: %s\r\nX-Forwarded-Host: %s\r\nX-Forwarded-For: %s\r\n", proto, word(), word())
	if random.Intn(2) == 0 {
		fmt.Fprintf(&b, "Forwarded: for=%s;proto=%s;host=%s\r\n", word(), word(), word())
	}
	fmt.Fprintf(&b, "Traceparent: 00-%032x-%016x-0%d\r\nTracestate: %s=%s,b=%s\r\n", random.Uint64()|1, random.Uint64()|1, random.Intn(2), "v"+strconv.Itoa(i), word(), word())
	fmt.Fprintf(&b, "Baggage: k%d=%s,user=%s\r\nUser-Agent: %s\r\n%s: %s\r\nContent-Length: 0\r\n\r\n", i, word(), word(), word(), "X-"+word(), word())
	return method, b.String()
}

// page prints a line of what there is after so many requests.
func page(metrics string, requests int) (series, size int) {
	answer, err := http.Get("http://" + metrics + "/metrics")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	heap, resident := 0.0, 0.0
	for _, line := range strings.Split(string(body), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		series++
		value, _ := strconv.ParseFloat(line[strings.LastIndexByte(line, ' ')+1:], 64)
		switch {
		case strings.HasPrefix(line, "go_memory_used_bytes{"):
			heap += value
		case strings.HasPrefix(line, "process_memory_usage_bytes"):
			resident = value
		}
	}
	fmt.Printf("%10d %8d %10d %10.0f %10.0f\n", requests, series, len(body)>>10, heap/(1<<20), resident/(1<<20))
	return series, len(body)
}
