// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/sdk/config"
)

// withFile is the settings of the file that OTEL_CONFIG_FILE names, if it does:
// then the variables that it could set count no more.
func (s settings) withFile() (settings, error) {
	path := s.get("OTEL_CONFIG_FILE")
	if path == "" {
		return s, nil
	}
	file, err := config.Read(path, s.getenv)
	if err != nil {
		return s, err
	}
	for _, problem := range file.Problems {
		s.report("OTEL_CONFIG_FILE: " + problem)
	}
	return settings{getenv: file.Getenv, report: s.report, file: file}, nil
}

// fileAttributes are those that the configuration file gives the resource.
func (s settings) fileAttributes() []attribute.KeyValue {
	return append(s.listed(s.file.Variables["OTEL_RESOURCE_ATTRIBUTES"]), s.file.Resource...)
}

// listed reads key=value pairs as in OTEL_RESOURCE_ATTRIBUTES.
func (s settings) listed(list string) (all []attribute.KeyValue) {
	for _, pair := range splitList(list) {
		key, value, ok := cutPair(pair)
		if !ok {
			s.report("OTEL_CONFIG_FILE: attributes_list: an entry isn't of the form key=value; it is ignored")
			continue
		}
		all = append(all, attribute.String(key, value))
	}
	return all
}
