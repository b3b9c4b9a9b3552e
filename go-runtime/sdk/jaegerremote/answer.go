// SPDX-License-Identifier: Apache-2.0

package jaegerremote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

const (
	timeout    = 5 * time.Second
	largest    = 1 << 20 // bytes of an answer
	operations = 2000    // that have a sampler of their own; the names are from outside
)

// Suppress, if set, runs what asks such that the program's instrumentation leaves it
// alone.
var Suppress func(run func())

// answer is a SamplingStrategyResponse of Jaeger's api_v2/sampling.proto as JSON.
type answer struct {
	Probabilistic *struct{ SamplingRate float64 }       `json:"probabilisticSampling"`
	RateLimiting  *struct{ MaxTracesPerSecond float64 } `json:"rateLimitingSampling"`
	Operation     *struct {
		DefaultSamplingProbability       float64
		DefaultLowerBoundTracesPerSecond float64
		PerOperationStrategies           []struct {
			Operation             string
			ProbabilisticSampling struct{ SamplingRate float64 }
		}
	} `json:"operationSampling"`
}

// strategy goes on with the limiters of the one before.
func (a answer) strategy(before *strategy) *strategy {
	switch {
	case a.Operation != nil:
		o := a.Operation
		s := &strategy{operation: map[string]sdktrace.Sampler{}, limits: map[string]*limiter{}}
		least := o.DefaultLowerBoundTracesPerSecond
		for _, one := range o.PerOperationStrategies {
			if len(s.operation) == operations {
				break
			}
			s.limits[one.Operation] = again(before.limits[one.Operation], least)
			s.operation[one.Operation] = bounded{sdktrace.TraceIDRatioBased(one.ProbabilisticSampling.SamplingRate), s.limits[one.Operation]}
		}
		s.limit = again(before.limit, least)
		s.other = bounded{sdktrace.TraceIDRatioBased(o.DefaultSamplingProbability), s.limit}
		return s
	case a.RateLimiting != nil:
		limit := again(before.limit, a.RateLimiting.MaxTracesPerSecond)
		return &strategy{other: limited{limit}, limit: limit}
	}
	return probability(a.Probabilistic.SamplingRate)
}

// check reports what can't be a strategy.
func (a answer) check() error {
	rate := func(r float64) error {
		if !(r >= 0 && r <= 1) {
			return fmt.Errorf("the answer has the rate %v, which isn't from 0 to 1", r)
		}
		return nil
	}
	switch {
	case a.Operation != nil:
		err := rate(a.Operation.DefaultSamplingProbability)
		for _, one := range a.Operation.PerOperationStrategies {
			err = errors.Join(err, rate(one.ProbabilisticSampling.SamplingRate))
		}
		if !(a.Operation.DefaultLowerBoundTracesPerSecond >= 0) {
			err = errors.New("the answer has a bound below 0")
		}
		return err
	case a.RateLimiting != nil:
		if !(a.RateLimiting.MaxTracesPerSecond >= 0) {
			return errors.New("the answer has a limit below 0")
		}
		return nil
	case a.Probabilistic != nil:
		return rate(a.Probabilistic.SamplingRate)
	}
	return errors.New("the answer has no strategy")
}

// urlOf is where to ask. An endpoint without a scheme is an address.
func urlOf(c Config) (string, error) {
	endpoint := c.Endpoint
	if !strings.Contains(endpoint, "://") {
		endpoint = "http://" + endpoint
	}
	to, err := url.Parse(endpoint)
	if err != nil || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
		return "", errors.New("the endpoint is no http or https URL")
	}
	if to.Path == "" || to.Path == "/" {
		to.Path = "/sampling"
	}
	query := to.Query()
	query.Set("service", c.Service)
	to.RawQuery = query.Encode()
	return to.String(), nil
}

// fetch asks on a connection of its own, which is closed again.
func fetch(ctx context.Context, from string) (a answer, err error) {
	ask := func() { a, err = get(ctx, from) }
	if Suppress != nil {
		Suppress(ask)
	} else {
		ask()
	}
	return a, err
}

func get(ctx context.Context, from string) (a answer, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return a, errors.New("the endpoint is no URL")
	}
	client := http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, MaxResponseHeaderBytes: largest}}
	response, err := client.Do(request)
	if err != nil {
		var of *url.Error
		if errors.As(err, &of) {
			err = of.Err // without the URL, which may have a password
		}
		return a, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return a, fmt.Errorf("the answer has status %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, largest+1))
	switch {
	case err != nil:
		return a, err
	case len(body) > largest:
		return a, fmt.Errorf("the answer has more than %d bytes", largest)
	case json.Unmarshal(body, &a) != nil:
		return a, errors.New("the answer is no JSON of a strategy")
	}
	return a, a.check()
}
