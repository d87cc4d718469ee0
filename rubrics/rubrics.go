// Package rubrics holds the built-in shared rubrics and vocabularies as files, and nothing else.
package rubrics

import "embed"

// FS has one rubric per *.yaml file.
//
//go:embed *.yaml
var FS embed.FS
