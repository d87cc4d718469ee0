package diagram

import (
	"fmt"
	"strings"
	"testing"
)

// edges writes a graph's edges in one line, for comparing.
func edges(g Graph) string {
	var parts []string
	for _, e := range g.Edges {
		op := "->"
		switch {
		case e.Plain:
			op = "--"
		case e.Both:
			op = "<->"
		}
		if e.Dashed {
			op = "." + op
		}
		s := e.From + op + e.To
		if e.Label != "" {
			s += ":" + e.Label
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// TestLines holds the rule for which lines of arrows are drawings.
func TestLines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"client -> LB -> service -> cache, db", "client->lb; lb->service; service->cache; service->db"},
		{"client->LB->service->db", "client->lb; lb->service; service->db"},
		{"- client -> api -> db", "client->api; api->db"},
		{"  * **client** → `api` → db (sharded by user_id).", "client->api; api->db"},
		{"1. web app => CDN", "web app->cdn"},
		{"a, b -> cache: label", "a->cache:label; b->cache:label"},
		{"web, mobile -> api: HTTPS", "web->api:HTTPS; mobile->api:HTTPS"},
		{"client -> api: POST /links -> 201", "client->api:POST /links -> 201"},
		{"api <- client", "client->api"},
		{"service <-> cache", "service<->cache"},
		{"service --> replica", "service->replica"},
		{"client -->|https| api -- writes --> db", "client->api:https; api->db:writes"},
		{"api -.-> queue", "api.->queue"},
		{"api -- cache", "api--cache"},
		{"Write path: client -> API gateway -> redis:6379", "client->api gateway; api gateway->redis:6379"},
		{"Simple CRUD w/ caching: client -> API gateway -> LB -> service -> Cache -> DB", "client->api gateway; api gateway->lb; lb->service; service->cache; cache->db"},
		{"client -> LB -> 3 app servers -> db. The servers hold no state.", "client->lb; lb->3 app servers; 3 app servers->db"},
		{"order -> payment -> shipping -> delivered", "order->payment; payment->shipping; shipping->delivered"},
		{"client -> api ->", "client->api"},
		{"client ──► api ──► db", "client->api; api->db"},
		{"the client -> our api -> a db and a cache, and kafka", "client->api; api->db and a cache; api->kafka"},
		{"api -> s3, cache and db", "api->s3; api->cache; api->db"},
		{"用户 → API服务 → 数据库 → 缓存", "用户->api服务; api服务->数据库; 数据库->缓存"},

		{"POST /links -> 201 {code}", ""},
		{"- API: Restful endpoints POST /v1/tweet -> 200 body: {\"text\": str}", ""},
		{"GET /{code} -> 301", ""},
		{"100M/month -> 40/s", ""},
		{"100 writes/s -> 10 GB a day", ""},
		{"if the cache is down -> let it through", ""},
		{"redis down -> let the traffic through", ""},
		{"redis down -> reject", ""},
		{"md5 cut to 7 chars → collision, so look it up and retry", ""},
		{"scan: reads every item & responds paginated -> expensive", ""},
		{"write through: to both cache and db -> slower but safe", ""},
		{"back pressure: slow down service if load too high -> UBER, Ticketmaster waiting rooms", ""},
		{"grouping multiple operations (new user + new post) -> fail or suceed together", ""},
		{"not designed for timed locking (e.g. 10 mins) <-> key value store in Redis.", ""},
		{"if venue for concert is updated -> invalidate cache (Ticketmaster)", ""},
		{"more shards -> more cost", ""},
		{"single region -> high latency", ""},
		{"x = a->b", ""},
		{"p->next", ""},
		{"f(i) -> f(i-1), f(i-2)", ""},
		{"dp[i] -> dp[i-1]", ""},
		{"let f = (x) => x + 1", ""},
		{"cache -- it is fast", ""},
		{"run `a -> b` to see", ""},
		{"git log --oneline --graph", ""},
		{"a <- 3", ""},
		{"n <= m and m >= k", ""},
		{"> client -> api -> db", ""},
		{"| client -> api | db |", ""},
		{"# client -> api -> db", ""},
		{"O(n^2) -> O(n log n)", ""},
		{"301 -> 302", ""},
		{"Connection, Transmission, Disconnection --> imply states", ""},
		{"<!-- client and api -->", ""},
		{"https://a.example/x -> https://b.example/y", ""},
	} {
		var got []string
		for _, b := range FromMarkdown(c.line) {
			got = append(got, edges(b.Graph))
		}
		if s := strings.Join(got, " / "); s != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.line, s, c.want)
		}
	}
}

// blocks writes the blocks of a text: format, what stands at their span, edges.
func blocks(text string) string {
	var out strings.Builder
	for _, b := range FromMarkdown(text) {
		fmt.Fprintf(&out, "%s %q %s", b.Format, text[b.Start:b.End], edges(b.Graph))
		for _, e := range b.Graph.Edges {
			fmt.Fprintf(&out, " %d", e.Line)
		}
		if b.Err != nil {
			fmt.Fprintf(&out, " (%v)", b.Err)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"mermaid fence", "Text.\n\n```mermaid\ngraph TD\nA-->B\n```\nMore.", "mermaid \"```mermaid\\ngraph TD\\nA-->B\\n```\" A->B 5\n"},
		{"d2 fence with tildes", "~~~ d2\na -> b: x\n~~~", "d2 \"~~~ d2\\na -> b: x\\n~~~\" a->b:x 2\n"},
		{"arrows fence has no rule", "```arrows\nthe user is here -> it\n```", "arrows \"```arrows\\nthe user is here -> it\\n```\" user is here->it 2\n"},
		{"nameless fence has the rule", "```\nclient -> api\nx = p->next\n```", "arrows \"client -> api\" client->api 2\n"},
		{"other languages", "```go\nclient -> api -> db\n```\n\n```python\nclient -> api\n", ""},
		{"longer fence", "````md\n```mermaid\nA-->B\n```\n````\n", ""},
		{"unclosed while typing", "```mermaid\ngraph TD\nA-->B\nB--", "mermaid \"```mermaid\\ngraph TD\\nA-->B\\nB--\" A->B 3 (line 4: the arrow -- is not finished: write A -- label --> B)\n"},
		{"error has the line of the text", "One.\n\n```d2\na -> b\nb ->\n```\n", "d2 \"```d2\\na -> b\\nb ->\\n```\" a->b 4 (line 5: connection missing destination: mend it, or draw with plain arrows (a -> b))\n"},
		{"in order", "client -> api\n\n```mermaid\ngraph TD\nA-->B\n```\napi -> db", "arrows \"client -> api\" client->api 1\nmermaid \"```mermaid\\ngraph TD\\nA-->B\\n```\" A->B 5\narrows \"api -> db\" api->db 7\n"},
		{"run of lines", "- client -> api\n- api -> db: sql\r\nNow text.", "arrows \"client -> api\\n- api -> db: sql\" client->api; api->db:sql 1 2\n"},
		{"known names", "client -> ranker\nranker -> blue thing\nblue thing -> red thing", "arrows \"client -> ranker\\nranker -> blue thing\\nblue thing -> red thing\" client->ranker; ranker->blue thing; blue thing->red thing 1 2 3\n"},
		{"lead-ins part runs", "Reads: client -> cache\nWrites: client -> db. Sometimes.", "arrows \"client -> cache\" client->cache 1\narrows \"client -> db\" client->db 2\n"},
		{"half a line", "client -> api\napi -> ", "arrows \"client -> api\" client->api 1\n"},
		{"goes on", "client -> api\n  -> queue\n  -> worker", "arrows \"client -> api\\n  -> queue\\n  -> worker\" client->api; api->queue; queue->worker 1 2 3\n"},
		{"bare mermaid", "My design:\nflowchart LR\n  A[client] --> B[api]\n\n  B --> C[(db)]\n\nThe api is stateless.", "mermaid \"flowchart LR\\n  A[client] --> B[api]\\n\\n  B --> C[(db)]\" A->B; B->C 3 5\n"},
		{"bare mermaid in one line", "graph TD;A-->B;B-->C;", "mermaid \"graph TD;A-->B;B-->C;\" A->B; B->C 1 1\n"},
		{"no bare mermaid", "graph databases store edges\nflowchart LR\n\nis all I know", ""},
		{"bare d2", "Here:\n\naws: AWS {\n  api -> orders\n}\nclient -> aws.api\n\nDone {", "d2 \"aws: AWS {\\n  api -> orders\\n}\\nclient -> aws.api\" aws.api->aws.orders; client->aws.api 4 6\n"},
		{"no bare d2", "func main() {\n\tx -> y\n}\nstruct node {\n  int v;\n}\n{\n \"a\": 1\n}\n", ""},
		{"quoted mermaid", "> ```mermaid\n> A-->B\n> ```\n", ""},
		{"a sum is no drawing", "100M/month -> 40/s\n40/s -> 4 GB", ""},
		{"line as code", "`client -> api -> db`", "arrows \"client -> api -> db\" client->api; api->db 1 1\n"},
	} {
		if got := blocks(c.text); got != c.want {
			t.Errorf("%s\n got %swant %s", c.name, got, c.want)
		}
	}
}

func TestMerge(t *testing.T) {
	var graphs []Graph
	for _, b := range FromMarkdown("client -> LB -> api\n\n```mermaid\ngraph TD\nsubgraph web [Web tier]\nX[The API] --> Y[(DB)]\nend\nC[Client] --> web\n```\napi -> db\nclient -> lb") {
		graphs = append(graphs, b.Graph)
	}
	g := Merge(graphs...)
	if got, want := nodes(g), "client; lb=LB; api@web tier; db=DB(cylinder)@web tier"; got != want {
		t.Errorf("nodes: got %s, want %s", got, want)
	}
	if got, want := edges(g), "client->lb; lb->api; api->db; client->web tier"; got != want {
		t.Errorf("edges: got %s, want %s", got, want)
	}
	if got, want := groups(g), "web tier=Web tier"; got != want {
		t.Errorf("groups: got %s, want %s", got, want)
	}
}

func TestPath(t *testing.T) {
	path := func(g Graph, from, to string) []Edge {
		w := NewWalks(g)
		has := func(word string) []bool {
			hits := make([]bool, w.Places())
			w.Where(func(_ int, n *Node) bool { return strings.Contains(strings.ToLower(n.Label), word) }, hits)
			return hits
		}
		return w.Path(has(from), has(to))
	}
	nested := Graph{
		Nodes:  []Node{{ID: "c", Label: "client"}, {ID: "a", Label: "api", Group: "s"}, {ID: "r", Label: "redis", Group: "s"}},
		Groups: []Group{{ID: "s", Label: "service tier"}},
		Edges:  []Edge{{From: "c", To: "a"}, {From: "s", To: "r"}},
	}
	arrows := func(text string) Graph {
		g, err := Parse(FormatArrows, text)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	for i, c := range []struct {
		g        Graph
		from, to string
		want     string
	}{
		{arrows("client -> lb -> service -> db"), "client", "db", "client lb service db"},
		{arrows("client -> lb -> service -> db"), "db", "client", ""},
		{arrows("client -> lb -> service -> db\nclient -> db"), "client", "db", "client db"},
		{arrows("client -- lb\nlb <-> service"), "service", "client", "lb service client lb"},
		{arrows("service -> cache"), "service", "service", ""},
		{arrows("service <-> cache"), "service", "service", ""},
		{arrows("service -> service"), "service", "service", "service service"},
		{arrows("user service -> post service"), "service", "service", "user service post service"},
		{arrows("a service -> b -> a service\nc service -> b"), "service", "service", "c service b service"},
		{nested, "client", "service", "c a"},
		{nested, "api", "redis", "s r"},
		{nested, "service", "redis", "s r"},
		{nested, "client", "redis", "c a s r"},
		{Graph{}, "a", "b", ""},
	} {
		var ids []string
		for _, e := range path(c.g, c.from, c.to) {
			if len(ids) == 0 || ids[len(ids)-1] != e.From {
				ids = append(ids, e.From)
			}
			ids = append(ids, e.To)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%d: %s to %s: got %q, want %q", i, c.from, c.to, got, c.want)
		}
	}
}

func ExampleFromMarkdown() {
	for _, b := range FromMarkdown("Writes:\nclient -> api -> db\n\nReads go to the cache.") {
		fmt.Println(b.Start, b.End, b.Format, edges(b.Graph))
	}
	// Output: 8 27 arrows client->api; api->db
}
