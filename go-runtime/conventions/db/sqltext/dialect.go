// SPDX-License-Identifier: Apache-2.0

package sqltext

// meaning is what something in quotes is.
type meaning uint8

const (
	foreign meaning = iota // no quote of this system: whatever follows is kept inside
	name                   // an identifier
	value                  // a string
	either                 // a string unless it stands where only a table's name can
)

// dialect is in what the systems differ as far as literals, names and comments go.
type dialect struct {
	double    meaning // "x"
	backquote meaning // `x`
	brackets  bool    // [x] is a name
	doubled   bool    // ]] within brackets is one ]

	backslash bool   // escapes within '…', and within "…" if that is a string
	inNames   bool   // it does so within names too
	escapes   string // prefixes of strings in which it does in any case: e'…'
	continued bool   // a string goes on behind a line break: E'…' 'x\'y'

	triple      bool // '''…''' and """…"""
	alternative bool // q'[…]'
	tags        bool // $tag$…$tag$
	money       bool // $1.50 is a number, not a placeholder

	hash        bool // # begins a comment
	spaced      bool // -- begins a comment only in front of white space
	slashes     bool // // begins a comment
	nested      bool // comments nest
	conditional bool // the content of /*! … */ is a part of the statement
	carriage    bool // a carriage return ends a comment of one line

	data          bool // INSERT … FORMAT x is followed by rows
	bareArguments bool // words behind EXEC procedure are strings
}

var (
	ansi       = dialect{double: name}
	postgres   = dialect{double: name, tags: true, nested: true, escapes: "e", continued: true, carriage: true}
	mysql      = dialect{double: value, backquote: name, backslash: true, hash: true, spaced: true, conditional: true}
	sqlserver  = dialect{double: either, brackets: true, doubled: true, money: true, nested: true, bareArguments: true}
	oracle     = dialect{double: name, alternative: true}
	clickhouse = dialect{double: name, backquote: name, backslash: true, inNames: true, tags: true, hash: true, data: true}
	googleSQL  = dialect{double: value, backquote: name, backslash: true, inNames: true, triple: true, hash: true, carriage: true}
	spark      = dialect{double: value, backquote: name, backslash: true}
	db2        = dialect{double: name, nested: true}
)

// dialects has the ways in which a system may read a statement, by its value of
// db.system.name. The first is what it does unless its settings, or the product
// behind the driver, say otherwise.
var dialects = map[string][]dialect{
	"postgresql": {
		postgres,
		with(postgres, func(d *dialect) { d.backslash = true }), // standard_conforming_strings=off; Redshift
		with(postgres, func(d *dialect) { d.escapes = "eb" }),   // CockroachDB's b'…'
	},
	"mysql": {
		mysql,
		with(mysql, func(d *dialect) { d.backslash = false }),   // NO_BACKSLASH_ESCAPES
		with(mysql, func(d *dialect) { d.double = either }),     // ANSI_QUOTES
		with(mysql, func(d *dialect) { d.conditional = false }), // /*!99999 … */
	},
	"microsoft.sql_server": {sqlserver},
	"sqlite":               {{double: either, backquote: name, brackets: true}},
	"oracle.db":            {oracle},
	"clickhouse":           {clickhouse, with(clickhouse, func(d *dialect) { d.nested = true })},
	"gcp.spanner":          {googleSQL, with(postgres, func(d *dialect) { d.backquote = name })}, // a database has one of two dialects
	"gcp.bigquery":         {googleSQL},
	"snowflake":            {{double: name, backslash: true, tags: true, slashes: true}},
	"databricks":           {spark, with(spark, func(d *dialect) { d.escapes, d.backslash = "", false })},
	"hive":                 {spark},
	"trino":                {ansi},
	"sap.hana":             {ansi},
	"vertica":              {with(postgres, func(d *dialect) { d.nested = false })},
	"duckdb":               {postgres, with(postgres, func(d *dialect) { d.nested = false })},
	"firebirdsql":          {{double: either, alternative: true}},
	"ibm.db2":              {db2, with(db2, func(d *dialect) { d.nested = false })},
}

// aliases are systems that read statements as another does.
var aliases = map[string]string{
	"mariadb": "mysql", "tidb": "mysql", "cockroachdb": "postgresql", "aws.redshift": "postgresql", "presto": "trino", "teradata": "trino",
}

// all is for a system that isn't known: any of them may read the statement.
var all = everyDialect()

func with(d dialect, change func(*dialect)) dialect {
	change(&d)
	return d
}

func everyDialect() []dialect {
	seen := map[dialect]bool{}
	list := []dialect{}
	add := func(d dialect) {
		if d.backquote == foreign {
			d.backquote = name
		}
		if !seen[d] {
			seen[d] = true
			list = append(list, d)
		}
	}
	add(ansi)
	for _, readings := range dialects {
		for _, d := range readings {
			add(d)
		}
	}
	return list
}

// readingsOf is in which ways a statement may be read, and whether the system is
// known.
func readingsOf(system string) (readings []dialect, known bool) {
	if other, is := aliases[system]; is {
		system = other
	}
	if readings, known = dialects[system]; known {
		return readings, true
	}
	return all, false
}
