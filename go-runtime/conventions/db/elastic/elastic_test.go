// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"strings"
	"testing"
)

func TestEndpoints(t *testing.T) {
	for request, want := range map[string]Endpoint{
		"GET /":                              {Name: "info"},
		"HEAD /":                             {Name: "ping"},
		"PUT /shop":                          {"indices.create", "shop", ""},
		"HEAD /shop":                         {"indices.exists", "shop", ""},
		"DELETE /shop,store":                 {"indices.delete", "shop,store", ""},
		"PUT /shop/_doc/7":                   {"index", "shop", "7"},
		"POST /shop/_doc":                    {"index", "shop", ""},
		"GET /shop/_doc/a/b":                 {"get", "shop", "a/b"},
		"DELETE /shop/_doc/7":                {"delete", "shop", "7"},
		"GET /shop/_source/7":                {"get_source", "shop", "7"},
		"POST /shop/_update/7":               {"update", "shop", "7"},
		"POST /_bulk":                        {Name: "bulk"},
		"POST /shop/_bulk":                   {"bulk", "shop", ""},
		"POST /shop/_search":                 {"search", "shop", ""},
		"POST /_all/_search":                 {"search", "_all", ""},
		"POST /shop/_search/template":        {"search_template", "shop", ""},
		"POST /_search/scroll":               {Name: "scroll"},
		"DELETE /_search/scroll":             {Name: "clear_scroll"},
		"GET /_cat/indices/shop":             {Name: "cat.indices"},
		"GET /_cat/Secret":                   {Name: "cat"},
		"GET /_cluster/health/shop":          {"cluster.health", "", "shop"},
		"GET /_cluster/settings":             {Name: "cluster.get_settings"},
		"PUT /_index_template/logs":          {"indices.put_index_template", "", "logs"},
		"POST /shop/item/7":                  {"index", "shop", "7"},
		"GET /_security/user/secret":         {Name: "security"},
		"GET /_Secret":                       {Name: "request"},
		"GET /shop/_secret4711/x":            {"request", "shop", ""},
		"POST /shop/item/7/secret/too/long":  {"request", "shop", ""},
		"POST /shop/_doc/7/_update":          {"update", "shop", "7"},
		"POST /shop/item/7/_update":          {"update", "shop", "7"},
		"POST /shop/item/_search":            {"search", "shop", ""},
		"POST /_ingest/pipeline/_simulate":   {Name: "ingest.simulate"},
		"GET /_ingest/pipeline/geo":          {"ingest.get_pipeline", "", "geo"},
		"POST /_cluster/allocation/explain/": {Name: "cluster.allocation_explain"},
	} {
		method, path, _ := strings.Cut(request, " ")
		if got := Of(method, path); got != want {
			t.Errorf("%s: got %+v, want %+v", request, got, want)
		}
	}
}
