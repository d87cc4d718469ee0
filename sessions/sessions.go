// Package sessions holds a few example sessions, so that a review has something to show on the first day.
package sessions

import "embed"

// FS has one journal per examples/*.jsonl.
//
//go:embed examples/*.jsonl
var FS embed.FS
