// Package prompts holds the built-in frameworks, prompts and decks as files, and nothing else.
package prompts

import "embed"

// FS has frameworks/**.yaml, and prompts and decks in the folders beside it.
//
//go:embed all:*
var FS embed.FS
