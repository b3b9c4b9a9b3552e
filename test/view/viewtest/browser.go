// SPDX-License-Identifier: Apache-2.0

package viewtest

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// Browser is a headless Chromium that is told what to do over a pipe, in the
// words of its DevTools protocol.
type Browser struct {
	t  *testing.T
	to *os.File

	mu      sync.Mutex
	calls   int
	answers map[int]chan message
	wrong   []string // errors in the page's console
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// StartBrowser starts one for the time of a test.
func StartBrowser(t *testing.T) *Browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		t.Fatal("there is no Chromium or Chrome in PATH")
	}
	theirs, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, ours, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir="+t.TempDir(), "about:blank")
	command.ExtraFiles = []*os.File{theirs, ours} // its descriptors 3 and 4
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	ours.Close()
	b := &Browser{t: t, to: to, answers: map[int]chan message{}}
	go b.read(from)
	t.Cleanup(func() {
		b.call("", "Browser.close", nil)
		to.Close()
		command.Wait()
	})
	return b
}

// read hands answers to who waits for them, until the browser has ended.
func (b *Browser) read(from *os.File) {
	in := bufio.NewReader(from)
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		switch {
		case m.ID != 0 && b.answers[m.ID] != nil:
			b.answers[m.ID] <- m
			delete(b.answers, m.ID)
		case m.Method == "Runtime.exceptionThrown" || m.Method == "Log.entryAdded" && strings.Contains(string(m.Params), `"level":"error"`):
			b.wrong = append(b.wrong, string(m.Params))
		}
		b.mu.Unlock()
	}
}

// call waits a minute for the answer, as the machine may be busy.
func (b *Browser) call(session, method string, params any) json.RawMessage {
	b.t.Helper()
	answer := make(chan message, 1)
	b.mu.Lock()
	b.calls++
	id := b.calls
	b.answers[id] = answer
	b.mu.Unlock()
	request := map[string]any{"id": id, "method": method}
	if session != "" {
		request["sessionId"] = session
	}
	if params != nil {
		request["params"] = params
	}
	text, err := json.Marshal(request)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		b.t.Errorf("%s: %v", method, err)
		return nil
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			b.t.Errorf("%s: %s", method, m.Error)
		}
		return m.Result
	case <-time.After(time.Minute):
		b.t.Errorf("%s: no answer", method)
		return nil
	}
}

// Tab is one page.
type Tab struct {
	*Browser
	session string
}

// Open shows the page at a URL, 1300 by 800.
func (b *Browser) Open(url string) Tab {
	b.t.Helper()
	var target struct{ TargetID string }
	json.Unmarshal(b.call("", "Target.createTarget", map[string]any{"url": "about:blank"}), &target)
	var attached struct{ SessionID string }
	json.Unmarshal(b.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}), &attached)
	p := Tab{b, attached.SessionID}
	for _, domain := range []string{"Page.enable", "Runtime.enable", "Log.enable"} {
		p.call(p.session, domain, nil)
	}
	p.call(p.session, "Emulation.setDeviceMetricsOverride", map[string]any{"width": 1300, "height": 800, "deviceScaleFactor": 1, "mobile": false})
	p.call(p.session, "Page.navigate", map[string]any{"url": url})
	return p
}

// Scheme is what the system prefers, as the page sees it: light or dark.
func (p Tab) Scheme(name string) {
	p.call(p.session, "Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]string{"name": "prefers-color-scheme", "value": name}}})
}

// Eval answers with the value of an expression, as text.
func (p Tab) Eval(expression string) string {
	p.t.Helper()
	var answer struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Exception struct{ Description string }
		}
	}
	json.Unmarshal(p.call(p.session, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}), &answer)
	if answer.ExceptionDetails != nil {
		return "thrown: " + answer.ExceptionDetails.Exception.Description
	}
	return fmt.Sprint(answer.Result.Value)
}

// Await waits until the page is as wanted; what is live has no other signal.
func (p Tab) Await(what, expression, want string) {
	p.t.Helper()
	got := ""
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if got = p.Eval(expression); got == want {
			return
		}
	}
	p.t.Fatalf("%s: %s is\n%s\nwant\n%s\nin\n%s", what, expression, got, want, p.Eval("document.body.innerText"))
}

// Screenshot writes a PNG.
func (p Tab) Screenshot(file string) {
	p.t.Helper()
	var answer struct{ Data string }
	json.Unmarshal(p.call(p.session, "Page.captureScreenshot", map[string]any{"format": "png"}), &answer)
	content, err := base64.StdEncoding.DecodeString(answer.Data)
	if err == nil {
		err = os.WriteFile(file, content, 0o644)
	}
	if err != nil || len(content) == 0 {
		p.t.Fatalf("%s: %d bytes, %v", file, len(content), err)
	}
}

// Complaints are the errors that the console has, without answers that are errors:
// a server may be gone, or a trace.
func (b *Browser) Complaints() (all []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range b.wrong {
		if !strings.Contains(one, "Failed to load resource") {
			all = append(all, one)
		}
	}
	b.wrong = nil
	return all
}
