// SPDX-License-Identifier: Apache-2.0

package script

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// What every story shares. Set by TestMain.
var place struct {
	root     string            // of the repository
	otel     string            // the executable under test
	bin      string            // directory in PATH of the stories: otel and otel-receiver
	goRoot   string            // of the go command that the stories use
	goValues map[string]string // caches and download settings of the surroundings
}

func TestMain(m *testing.M) {
	flag.Parse()
	bin, err := os.MkdirTemp("", "otel-script")
	if err == nil {
		err = findPlace(bin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(bin)
	os.Exit(status)
}

func findPlace(bin string) error {
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	place.root, place.bin = root, bin
	place.otel = os.Getenv("OTEL")
	if place.otel == "" {
		place.otel = filepath.Join(root, "build", "dev", "otel")
	}
	if place.otel, err = filepath.Abs(place.otel); err != nil {
		return err
	}
	if _, err := os.Stat(place.otel); err != nil {
		return fmt.Errorf("%w; build otel, or set OTEL to it", err)
	}
	if err := os.Symlink(place.otel, filepath.Join(bin, "otel")); err != nil {
		return err
	}
	if err := readGoValues(); err != nil {
		return err
	}
	// It needs a newer go than some that stories run with.
	if receiver := os.Getenv("OTEL_TEST_RECEIVER"); receiver != "" {
		return os.Symlink(receiver, filepath.Join(bin, "otel-receiver"))
	}
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "otel-receiver"), "./view/receiver/cmd/otel-receiver")
	build.Dir = filepath.Join(root, "go-runtime")
	build.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the receiver of go-runtime: %w\n%s", err, output)
	}
	return nil
}

func readGoValues() error {
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOPRIVATE", "GOTOOLCHAIN"}
	command := exec.Command("go", append([]string{"env"}, append(names, "GOROOT")...)...)
	output, err := command.Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	lines := strings.Split(string(output), "\n")
	place.goValues = map[string]string{}
	for i, name := range names {
		place.goValues[name] = lines[i]
	}
	place.goRoot = lines[len(names)]
	return nil
}

// newHome gives a story fresh settings and an empty otel cache. The build cache and the module cache are those of the
// surroundings; a story that counts compiled packages sets its own GOCACHE.
func newHome(env *testscript.Env) error {
	home := filepath.Join(env.WorkDir, ".home")
	if err := os.Mkdir(home, 0o755); err != nil {
		return err
	}
	path := []string{place.bin, filepath.Join(place.goRoot, "bin")}
	if more := os.Getenv("STORIES_PATH"); more != "" {
		path = append(path, more)
	}
	path = append(path, os.Getenv("PATH"))
	values := map[string]string{
		"HOME":          home,
		"PATH":          strings.Join(path, string(filepath.ListSeparator)),
		"GOENV":         "off",
		"GOFLAGS":       "",
		"GOWORK":        "off",
		"OTEL_GO_CACHE": filepath.Join(env.WorkDir, ".otel"),
		"ROOT":          place.root,
		"GOROOT_SRC":    filepath.Join(place.goRoot, "src"),
		"NO_PROXY":      "localhost,127.0.0.1",

		"SURROUNDING_MODULES": place.goValues["GOMODCACHE"],
	}
	for name, value := range place.goValues {
		values[name] = value
	}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "https_proxy", "http_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"} {
		if value := os.Getenv(name); value != "" {
			values[name] = value
		}
	}
	for name, value := range values {
		env.Setenv(name, value)
	}
	return nil
}

// TestScript runs the stories of the directory testdata, or of the directory that STORIES names. STORIES_PATH has directories more
// for their PATH.
func TestScript(t *testing.T) {
	directory := os.Getenv("STORIES")
	if directory == "" {
		directory = "testdata"
	}
	if stories, err := filepath.Glob(filepath.Join(directory, "*.txtar")); err != nil || len(stories) == 0 {
		t.Fatalf("no stories in %s (%v)", directory, err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 directory,
		Setup:               newHome,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") == "1",
		Cmds:                commands,
		Condition:           condition,
	})
}

// condition has two words beyond testscript's own: [full], where OTEL_TEST_FULL is set, as in "test/run full", and
// [root], where files can be given to other users. A story that takes minutes stops with "[!full] stop" before what isn't
// done in each run.
func condition(name string) (bool, error) {
	switch name {
	case "full":
		return os.Getenv("OTEL_TEST_FULL") == "1", nil
	case "root":
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}
