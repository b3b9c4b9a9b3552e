// SPDX-License-Identifier: Apache-2.0

package elastic

import (
	"net/http"
	"strings"
	"sync"
)

// Endpoint is what a request asks for: the identifier of its endpoint, as the
// specification of the API has it, and the variable parts of its path.
type Endpoint struct {
	Name  string
	Index string // one or several, or an alias
	ID    string // of a document, a template, a repository, …
}

// table has endpoints by what of their path isn't variable: methods, path, identifier.
// What follows the path is an ID. An index may be before each.
const table = `
PUT,POST _doc index
GET _doc get
HEAD _doc exists
DELETE _doc delete
* _create create
GET _source get_source
HEAD _source exists_source
* _update update
* _bulk bulk
* _search search
* _search/template search_template
* _search/scroll scroll
DELETE _search/scroll clear_scroll
* _search/point_in_time create_pit
DELETE _search/point_in_time delete_pit
* _search_shards search_shards
* _msearch msearch
* _msearch/template msearch_template
* _render/template render_search_template
* _mget mget
* _count count
* _explain explain
* _pit open_point_in_time
DELETE _pit close_point_in_time
* _validate/query indices.validate_query
* _update_by_query update_by_query
* _delete_by_query delete_by_query
* _reindex reindex
* _field_caps field_caps
* _termvectors termvectors
* _mtermvectors mtermvectors
* _rank_eval rank_eval
* _terms_enum terms_enum
* _knn_search knn_search
* _graph/explore graph.explore
POST _async_search async_search.submit
GET _async_search async_search.get
DELETE _async_search async_search.delete
GET _async_search/status async_search.status
POST _eql/search eql.search
GET _eql/search eql.get
DELETE _eql/search eql.delete
* _sql sql.query
* _sql/translate sql.translate
* _query esql.query
GET _mapping indices.get_mapping
* _mapping indices.put_mapping
* _mapping/field indices.get_field_mapping
GET _settings indices.get_settings
* _settings indices.put_settings
GET _alias indices.get_alias
HEAD _alias indices.exists_alias
DELETE _alias indices.delete_alias
* _alias indices.put_alias
* _aliases indices.update_aliases
* _refresh indices.refresh
* _flush indices.flush
* _forcemerge indices.forcemerge
* _open indices.open
* _close indices.close
* _stats indices.stats
* _segments indices.segments
* _recovery indices.recovery
* _shard_stores indices.shard_stores
* _rollover indices.rollover
* _clone indices.clone
* _shrink indices.shrink
* _split indices.split
* _analyze indices.analyze
* _block indices.add_block
* _cache/clear indices.clear_cache
* _resolve/index indices.resolve_index
GET _index_template indices.get_index_template
HEAD _index_template indices.exists_index_template
DELETE _index_template indices.delete_index_template
* _index_template indices.put_index_template
GET _template indices.get_template
HEAD _template indices.exists_template
DELETE _template indices.delete_template
* _template indices.put_template
GET _component_template cluster.get_component_template
DELETE _component_template cluster.delete_component_template
* _component_template cluster.put_component_template
GET _data_stream indices.get_data_stream
DELETE _data_stream indices.delete_data_stream
* _data_stream indices.create_data_stream
* _cluster/health cluster.health
* _cluster/state cluster.state
* _cluster/stats cluster.stats
GET _cluster/settings cluster.get_settings
* _cluster/settings cluster.put_settings
* _cluster/reroute cluster.reroute
* _cluster/pending_tasks cluster.pending_tasks
* _cluster/allocation/explain cluster.allocation_explain
* _nodes nodes.info
* _nodes/stats nodes.stats
* _nodes/hot_threads nodes.hot_threads
GET _tasks tasks.get
* _tasks tasks.list
GET _scripts get_script
DELETE _scripts delete_script
* _scripts put_script
GET _ingest/pipeline ingest.get_pipeline
DELETE _ingest/pipeline ingest.delete_pipeline
* _ingest/pipeline ingest.put_pipeline
* _ingest/pipeline/_simulate ingest.simulate
GET _snapshot snapshot.get
DELETE _snapshot snapshot.delete
* _snapshot snapshot.create
GET _ilm/policy ilm.get_lifecycle
DELETE _ilm/policy ilm.delete_lifecycle
* _ilm/policy ilm.put_lifecycle
* _ilm/explain ilm.explain_lifecycle
* _security/_authenticate security.authenticate
* _security/api_key security.api_key
`

// endpoints are the identifiers by method and path, and by "*" for all other methods.
var endpoints = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		words := strings.Fields(line)
		for _, method := range strings.Split(words[0], ",") {
			all[method+" "+words[1]] = words[2]
		}
	}
	return all
})

func named(method, path string) (name string, ok bool) {
	all := endpoints()
	if name, ok = all[method+" "+path]; !ok {
		name, ok = all["* "+path]
	}
	return name, ok
}

// Of is the endpoint of a request. One that isn't known has the first element of its
// path as its name, that there are few of them.
func Of(method, path string) (of Endpoint) {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case segments[0] == "" && method == http.MethodHead:
		return Endpoint{Name: "ping"}
	case segments[0] == "":
		return Endpoint{Name: "info"}
	case segments[0] == "_cat":
		of.Name = "cat"
		if len(segments) > 1 && isPlain(segments[1]) {
			of.Name = "cat." + segments[1]
		}
		return of
	case !strings.HasPrefix(segments[0], "_") || segments[0] == "_all":
		of.Index, segments = segments[0], segments[1:]
	}
	if len(segments) == 0 {
		switch method {
		case http.MethodHead:
			of.Name = "indices.exists"
		case http.MethodPut:
			of.Name = "indices.create"
		case http.MethodDelete:
			of.Name = "indices.delete"
		default:
			of.Name = "indices.get"
		}
		return of
	}
	taken := len(segments)
	if taken > 3 {
		taken = 3
	}
	for ; taken > 0; taken-- {
		if name, ok := named(method, strings.Join(segments[:taken], "/")); ok {
			of.Name = name
			of.identify(method, segments[taken:])
			return of
		}
	}
	// With a type, which there was before version 8: index/type/id.
	if of.Index != "" && !strings.HasPrefix(segments[0], "_") && len(segments) <= 3 {
		of.Name, _ = named(method, "_doc")
		of.identify(method, segments[1:])
		return of
	}
	if of.Name = strings.TrimPrefix(segments[0], "_"); !isPlain(of.Name) || !strings.HasPrefix(segments[0], "_") {
		of.Name = "request"
	}
	return of
}

// identify takes what follows: an ID, behind which there was what is done, before
// version 8.
func (of *Endpoint) identify(method string, rest []string) {
	if last := len(rest) - 1; last >= 0 && last <= 1 && strings.HasPrefix(rest[last], "_") {
		if name, ok := named(method, rest[last]); ok {
			of.Name, rest = name, rest[:last]
		}
	}
	of.ID = strings.Join(rest, "/")
}

// isPlain reports whether an element may be a part of an identifier.
func isPlain(element string) bool {
	for _, r := range element {
		if !(r >= 'a' && r <= 'z' || r == '_') {
			return false
		}
	}
	return element != "" && len(element) <= 30
}
