// SPDX-License-Identifier: Apache-2.0

// Package pyroscope sends profiles to a Pyroscope server, in the manner of its own
// client for Go: one request for each, to /ingest.
//
// https://grafana.com/docs/pyroscope/latest/reference-server-api/
package pyroscope

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/setting"
	"otel.runtime/internal/trouble"
	"otel.runtime/profile"
	"otel.runtime/profile/pprof"
)

// Suppress, if set, runs what makes requests such that the program's instrumentation
// leaves them alone.
var Suppress func(run func())

// Config says where profiles go. URL is the server's, without /ingest.
type Config struct {
	URL            *url.URL
	Tenant         string // X-Scope-OrgID; empty: none
	User, Password string // of basic authentication; both empty: none
	Timeout        time.Duration
}

// ConfigFromEnv reads the OTEL_GO_PYROSCOPE_* variables. What can't be used is
// reported, one sentence each, and its default taken.
func ConfigFromEnv(getenv func(string) string, report func(string)) Config {
	get := func(name string) string { return strings.TrimSpace(getenv(name)) }
	c := Config{
		URL:    &url.URL{Scheme: "http", Host: "localhost:4040"},
		Tenant: get("OTEL_GO_PYROSCOPE_TENANT"), User: get("OTEL_GO_PYROSCOPE_USER"), Password: get("OTEL_GO_PYROSCOPE_PASSWORD"),
		Timeout: 30 * time.Second,
	}
	if v := get("OTEL_GO_PYROSCOPE_ENDPOINT"); v != "" {
		if u, err := url.Parse(v); err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			report(fmt.Sprintf("OTEL_GO_PYROSCOPE_ENDPOINT: %s is not an http or https URL; http://localhost:4040 is used", setting.Quote(v)))
		} else {
			c.URL = u
		}
	}
	if c.URL.User != nil { // where the variables have none
		if password, has := c.URL.User.Password(); has && c.User == "" {
			c.User, c.Password = c.URL.User.Username(), password
		}
		without := *c.URL
		without.User = nil
		c.URL = &without
	}
	trouble.Hide(c.Password)
	return c
}

// Exporter is a profile.Exporter.
type Exporter struct {
	config Config
	name   string
	client *http.Client
	report func(line string)

	mu      sync.Mutex
	failing bool
}

var _ profile.Exporter = (*Exporter)(nil)

// New makes an exporter of profiles of one resource. Nothing is dialled before the
// first export. Trouble is reported once until it is over.
func New(c Config, of *resource.Resource, report func(line string)) *Exporter {
	return &Exporter{config: c, name: name(of), report: report, client: &http.Client{
		Timeout:   c.Timeout,
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, ForceAttemptHTTP2: true},
		// Credentials and the tenant are for this server.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// labels are the attributes of the resource that are Pyroscope's labels: what tells
// apart those who run the same service.
var labels = []string{"deployment.environment.name", "host.name", "k8s.namespace.name", "k8s.pod.name", "service.namespace", "service.version"}

// name is service.name with labels: shop{service_version=2}.
func name(of *resource.Resource) string {
	all := of.Set()
	service := "unknown_service"
	if v, ok := all.Value("service.name"); ok && v.AsString() != "" {
		service = plain(v.AsString())
	}
	var list []string
	for _, label := range labels {
		for it := all.Iter(); it.Next(); {
			if kv := it.Attribute(); string(kv.Key) == label {
				list = append(list, strings.ReplaceAll(label, ".", "_")+"="+plain(kv.Value.Emit()))
			}
		}
	}
	return service + "{" + strings.Join(list, ",") + "}"
}

// plain is a value without what separates labels.
func plain(value string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune("{},=\"", c) {
			return '_'
		}
		return c
	}, value)
}

// ExportProfiles sends each profile of a window.
func (e *Exporter) ExportProfiles(ctx context.Context, window []*profile.Profile) (err error) {
	run := func() {
		for _, p := range window {
			if err = e.send(ctx, p); err != nil {
				return
			}
		}
	}
	if Suppress != nil {
		unseen := run
		run = func() { Suppress(unseen) }
	}
	apart.Run(run)
	e.mu.Lock()
	defer e.mu.Unlock()
	if err != nil && !e.failing {
		e.report(trouble.Scrub(fmt.Sprintf("profiles are not being delivered: %s://%s: %v; the program is not affected", e.config.URL.Scheme, e.config.URL.Host, err)))
	}
	e.failing = err != nil
	return err
}

// Shutdown has nothing to do: no connection is kept.
func (e *Exporter) Shutdown(context.Context) error { return nil }

func (e *Exporter) send(ctx context.Context, p *profile.Profile) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	content, err := pprof.Compressed(p, pprof.Roots)
	if err != nil {
		return err
	}
	part := func(name, file string, content []byte) {
		if to, failed := form.CreateFormFile(name, file); failed == nil {
			_, _ = to.Write(content) // to memory
		}
	}
	part("profile", "profile.pprof", content)
	if types := sampleTypes[p.Kind]; types != "" {
		part("sample_type_config", "sample_type_config.json", []byte(types))
	}
	form.Close()

	query := url.Values{"name": {e.name}, "spyName": {"gospy"}, "units": {"samples"}, "aggregationType": {"sum"}, "sampleRate": {"100"},
		"from": {strconv.FormatInt(p.Start.UnixNano(), 10)}, "until": {strconv.FormatInt(p.End.UnixNano(), 10)}}
	if p.Kind == profile.CPU && p.Period > 0 {
		query.Set("sampleRate", strconv.FormatInt(int64(time.Second)/p.Period, 10))
	}
	to := *e.config.URL
	to.Path = strings.TrimSuffix(to.Path, "/") + "/ingest"
	to.RawPath, to.RawQuery = "", query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.String(), &body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	if e.config.Tenant != "" {
		request.Header.Set("X-Scope-OrgID", e.config.Tenant)
	}
	if e.config.User != "" || e.config.Password != "" {
		request.SetBasicAuth(e.config.User, e.config.Password)
	}
	answer, err := e.client.Do(request)
	var address *url.Error
	switch {
	case errors.As(err, &address): // its text has the whole query
		return address.Err
	case err != nil:
		return err
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s: %s", answer.Status, strings.Join(strings.Fields(string(said)), " "))
	}
	return nil
}

// sampleTypes say what the server is to make of values: all are of one window alone.
// What it makes of CPU time by itself is right.
var sampleTypes = map[profile.Kind]string{
	profile.Heap: `{"alloc_objects":{"units":"objects"},"alloc_space":{"units":"bytes"},` +
		`"inuse_objects":{"units":"objects","aggregation":"average"},"inuse_space":{"units":"bytes","aggregation":"average"}}`,
	profile.Goroutine: `{"goroutine":{"units":"goroutines","aggregation":"average","display-name":"goroutine"}}`,
	profile.Mutex:     `{"contentions":{"units":"lock_samples","display-name":"mutex_count"},"delay":{"units":"lock_nanoseconds","display-name":"mutex_duration"}}`,
	profile.Block:     `{"contentions":{"units":"lock_samples","display-name":"block_count"},"delay":{"units":"lock_nanoseconds","display-name":"block_duration"}}`,
}
