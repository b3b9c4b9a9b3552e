// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/setting"
)

// tls reads the certificate files that are named, and is nil when none is. A
// file that can't be used leaves its part at the default, with which the
// handshake fails rather than trusts too much.
func (e environment) tls() *tls.Config {
	authority, authorityVariable := e.lookup("CERTIFICATE")
	chain, chainVariable := e.lookup("CLIENT_CERTIFICATE")
	key, keyVariable := e.lookup("CLIENT_KEY")
	if authority == "" && chain == "" && key == "" {
		return nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if authority != "" {
		pool, err := readPool(authority)
		if err != nil {
			e.wrong(authorityVariable, unreadable(authority, err), "the system's certificates are used")
		}
		config.RootCAs = pool
	}
	switch {
	case chain == "" && key == "":
	case chain == "":
		e.wrong(keyVariable, "there is no OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE with it", "no client certificate is used")
	case key == "":
		e.wrong(chainVariable, "there is no OTEL_EXPORTER_OTLP_CLIENT_KEY with it", "no client certificate is used")
	default:
		pair, err := tls.LoadX509KeyPair(chain, key)
		if err != nil {
			e.wrong(chainVariable, unreadable(chain, err), "no client certificate is used")
			break
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config
}

// unreadable says why a file can't be used. Its name is quoted as a setting is: it
// may be the key itself.
func unreadable(file string, err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		file, err = path.Path, path.Err
	}
	return fmt.Sprintf("%s: %v", setting.Quote(file), err)
}

func readPool(file string) (*x509.CertPool, error) {
	pem, err := environ.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("there is no certificate in it")
	}
	return pool, nil
}
