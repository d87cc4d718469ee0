package diagram

import "testing"

func TestPrefix(t *testing.T) {
	for line, edges := range map[string]int{
		"redirect: client -> CDN/LB -> read svc -> local LRU -> Redis -> DB. miss -> DB, fill Redis w/ TTL. -> 302.":  5,
		"Redirect: client → CDN edge → (miss) redirect service → Redis → (miss) MySQL replica → fill Redis → 302":     5,
		"Create: client → gateway (auth, rate limit) → link service → ID generator (in-process) → MySQL shard → 201.": 4,
		"create: client -> LB -> write svc: validate URL, next id -> conditional put -> 201":                          2,
		"req -> LB -> gateway: IP rule (local) -> auth -> bucket":                                                     2,
		"if the cache is down -> the database takes it -> slower":                                                     0,
		"POST /links -> 201 {code} -> done":                                                                           0,
		"100M/month -> 40/s -> 12k at peak":                                                                           0,
		"we hash the URL -> collision -> retry":                                                                       0,
	} {
		n := 0
		for _, b := range FromMarkdown(line) {
			n += len(b.Graph.Edges)
		}
		if n != edges {
			t.Errorf("%q: %d edges, want %d: %+v", line, n, edges, FromMarkdown(line))
		}
	}
}
