package diagram

import (
	"strings"
	"testing"
)

// nodes writes a graph's nodes in one line: id=label(kind)@group.
func nodes(g Graph) string {
	var parts []string
	for _, n := range g.Nodes {
		s := n.ID
		if n.Label != n.ID {
			s += "=" + n.Label
		}
		if n.Kind != Box {
			s += "(" + n.Kind + ")"
		}
		if n.Group != "" {
			s += "@" + n.Group
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

func groups(g Graph) string {
	var parts []string
	for _, gr := range g.Groups {
		s := gr.ID + "=" + gr.Label
		if gr.Parent != "" {
			s += "@" + gr.Parent
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

type parseCase struct {
	name, text           string
	nodes, edges, groups string
	err                  string
}

func runParse(t *testing.T, format string, cases []parseCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g, err := Parse(format, c.text)
			message := ""
			if err != nil {
				message = err.Error()
			}
			for _, p := range [][3]string{
				{"nodes", nodes(g), c.nodes}, {"edges", edges(g), c.edges},
				{"groups", groups(g), c.groups}, {"error", message, c.err},
			} {
				if p[1] != p[2] {
					t.Errorf("%s of %q\n got %s\nwant %s", p[0], c.text, p[1], p[2])
				}
			}
		})
	}
}

// TestMermaid has a case for each construct that real flowcharts use, the most
// frequent first.
func TestMermaid(t *testing.T) {
	runParse(t, FormatMermaid, []parseCase{
		{name: "arrow", text: "graph TD\nA-->B", nodes: "A; B", edges: "A->B"},
		{name: "label in brackets", text: "graph TD\n  A[Start here] --> B[End it]", nodes: "A=Start here; B=End it", edges: "A->B"},
		{name: "piped label", text: "graph TD\nA -->|yes, please| B\nA --> |no| C", nodes: "A; B; C", edges: "A->B:yes, please; A->C:no"},
		{name: "piped quoted label", text: "graph TD\nA -->|\"a | b\"| B", nodes: "A; B", edges: "A->B:a | b"},
		{name: "quoted", text: "graph TD\nA[\"API (v1) [x] -> y\"] --> B(\"b;c\")", nodes: "A=API (v1) [x] -> y; B=b;c", edges: "A->B"},
		{name: "quoted over lines", text: "graph TD\nA[\"one\ntwo\"] --> B", nodes: "A=one two; B", edges: "A->B"},
		{name: "breaks and tags", text: "graph LR\nA[API<br/>(Go)<br>x] --> B[\"<b>DB</b> a < b\"]", nodes: "A=API (Go) x; B=DB a < b(cylinder)", edges: "A->B"},
		{name: "classes and styles", text: "graph TD\nclassDef red fill:#f00,stroke:#333;\nA:::red --> B\nclass A,B red\nstyle A fill:#bbf\nlinkStyle 0 stroke:red\nclick A \"https://a.example\" _blank", nodes: "A; B", edges: "A->B"},
		{name: "stadium", text: "graph TD\nA([go]) --> B", nodes: "A=go; B", edges: "A->B"},
		{name: "subgraph", text: "graph TD\nsubgraph web [Web tier]\n  direction LR\n  A-->B\nend\nB --> C", nodes: "A@web; B@web; C", edges: "A->B; B->C", groups: "web=Web tier"},
		{name: "subgraph titles", text: "graph TD\nsubgraph one\nA\nend\nsubgraph \"Zone two\"\nB\nend\nsubgraph three and more\nC\nend\nsubgraph four[\"Fo (ur)\"]\nD\nend", nodes: "A@one; B@Zone two; C@three and more; D@four", groups: "one=one; Zone two=Zone two; three and more=three and more; four=Fo (ur)"},
		{name: "choice", text: "graph TD\nA{is it?} -->|yes| B", nodes: "A=is it?(rhombus); B", edges: "A->B:yes"},
		{name: "round", text: "graph TD\nA(start (now)) --> B", nodes: "A=start (now); B", edges: "A->B"},
		{name: "dotted", text: "graph TD\nA -.-> B -.- C\nA -. later .-> C", nodes: "A; B; C", edges: "A.->B; B.--C; A.->C:later"},
		{name: "store", text: "graph TD\nA[(Orders DB)] --> B[(x)]", nodes: "A=Orders DB(cylinder); B=x(cylinder)", edges: "A->B"},
		{name: "chain", text: "graph TD\nA --> B --> C[c] --> D", nodes: "A; B; C=c; D", edges: "A->B; B->C; C->D"},
		{name: "ampersand", text: "graph TD\nA & B --> C & D[d]", nodes: "A; B; C; D=d", edges: "A->C; A->D; B->C; B->D"},
		{name: "attributes", text: "graph TD\nA@{ shape: cyl, label: \"Main, {one}\" } --> B@{shape: diam}\nB@{\n label: ok\n}", nodes: "A=Main, {one}(cylinder); B=ok(rhombus)", edges: "A->B"},
		{name: "directive", text: "%%{init: {'theme':'dark'}}%%\n%% note\ngraph TD\nA --> B %% more", nodes: "A; B", edges: "A->B"},
		{name: "front matter", text: "---\ntitle: x -> y\n---\nflowchart TB\nA --> B", nodes: "A; B", edges: "A->B"},
		{name: "text in arrow", text: "graph TD\nA -- reads a lot --> B\nA -- \"x --> y\" --> C\nA == fast ==> D\nA --plain--- E", nodes: "A; B; C; D; E", edges: "A->B:reads a lot; A->C:x --> y; A->D:fast; A--E:plain"},
		{name: "circle", text: "graph TD\nA((a)) --> B(((b)))", nodes: "A=a; B=b", edges: "A->B"},
		{name: "edge to subgraph", text: "graph TD\nA --> one\nsubgraph one [One]\nB\nend\none --> C", nodes: "A; B@one; C", edges: "A->one; one->C", groups: "one=One"},
		{name: "nested", text: "graph TD\nsubgraph a\nX\nsubgraph b\nX --> Y\nend\nZ --> Y\nend", nodes: "X@b; Y@b; Z@a", edges: "X->Y; Z->Y", groups: "a=a; b=b@a"},
		{name: "both ways", text: "graph TD\nA <--> B\nB <-.-> C\nC <==> D", nodes: "A; B; C; D", edges: "A<->B; B.<->C; C<->D"},
		{name: "crosses and circles", text: "graph TD\nA --x B\nB --o C\nC x--x D", nodes: "A; B; C; D", edges: "A->B; B->C; C<->D"},
		{name: "long and thick", text: "graph TD\nA ----> B ===> C ---- D --- E", nodes: "A; B; C; D; E", edges: "A->B; B->C; C--D; D--E"},
		{name: "hidden", text: "graph TD\nA ~~~ B --> C", nodes: "A; B; C", edges: "B->C"},
		{name: "other shapes", text: "graph TD\nA[[sub]] --> B{{hex}} --> C[/in/] --> D[\\out\\] --> E>flag] --> F[/api/v1]", nodes: "A=sub(pipe); B=hex; C=in; D=out; E=flag; F=/api/v1", edges: "A->B; B->C; C->D; D->E; E->F"},
		{name: "no spaces", text: "graph LR;A-->B;B-->|x|C;C--y-->D", nodes: "A; B; C; D", edges: "A->B; B->C:x; C->D:y"},
		{name: "ids", text: "graph TD\nmy-node.v1 --> node_2 --> 数据库\nend1 --> graph2", nodes: "my-node.v1; node_2; 数据库; end1; graph2", edges: "my-node.v1->node_2; node_2->数据库; end1->graph2"},
		{name: "entities and icons", text: "graph TD\nA[fa:fa-car Car #quot;x#quot; #35;1] --> B[a &amp; b]", nodes: "A=Car \"x\" #1; B=a & b", edges: "A->B"},
		{name: "markdown label", text: "graph TD\nA[\"`**bold** text`\"] --> B", nodes: "A=bold text; B", edges: "A->B"},
		{name: "named edge", text: "graph TD\nA e1@--> B", nodes: "A; B", edges: "A->B"},
		{name: "single stroke", text: "graph TD\nA -> B => C", nodes: "A; B; C", edges: "A->B; B->C"},
		{name: "self", text: "graph TD\nA --> A", nodes: "A", edges: "A->A"},
		{name: "left to right", text: "flowchart LR\r\nA --> B\r\n", nodes: "A; B", edges: "A->B"},
		{name: "no header", text: "A --> B", nodes: "A; B", edges: "A->B"},
		{name: "unquoted signs", text: "graph TD\nA[user@host | x] --> B[f(x) = {y}]", nodes: "A=user@host | x; B=f(x) = {y}", edges: "A->B"},
		{name: "keywords as ids", text: "graph TD\nstyle --> class", nodes: "style; class", edges: "style->class"},

		{name: "unclosed", text: "graph TD\nA[open --> B\nC --> D", nodes: "A=open --> B; C; D", edges: "C->D", err: "line 2: [ is not closed: add ]"},
		{name: "half an arrow", text: "graph TD\nA --> B\nB -->", nodes: "A; B", edges: "A->B", err: "line 3: nothing after the arrow: write A --> B"},
		{name: "half a label", text: "graph TD\nA -->|x B\nC --> D", nodes: "A; C; D", edges: "C->D", err: "line 2: the label | is not closed: add |"},
		{name: "junk", text: "graph TD\nA --> B\n!! ?? this is not it\nB --> C", nodes: "A; B; !!; C", edges: "A->B; B->C", err: "line 3: cannot read \"?? this is not it\": write A[label] --> B, with quotes around labels that hold brackets"},
		{name: "stray end", text: "graph TD\nA --> B\nend", nodes: "A; B", edges: "A->B", err: "line 3: end without a subgraph: remove it"},
		{name: "open subgraph", text: "graph TD\nsubgraph x\nA --> B", nodes: "A@x; B@x", edges: "A->B", groups: "x=x", err: "line 3: subgraph \"x\" has no end: add a line with end"},
		{name: "sequence", text: "\nsequenceDiagram\nA->>B: hi", err: "line 2: sequenceDiagram is not read: draw a flowchart (flowchart LR)"},
		{name: "empty", text: "graph TD\n", err: "line 1: the flowchart is empty: add a line like A --> B"},
	})
}

func TestD2(t *testing.T) {
	runParse(t, FormatD2, []parseCase{
		{name: "arrow", text: "client -> api: HTTPS", nodes: "client; api", edges: "client->api:HTTPS"},
		{name: "chain", text: "a -> b -> c: x\na <- d\nb <-> d\nc -- d", nodes: "a; b; c; d", edges: "a->b:x; b->c:x; d->a; b<->d; c--d"},
		{name: "labels", text: "lb: Load balancer\nlb -> API Gateway", nodes: "lb=Load balancer; api gateway=API Gateway", edges: "lb->api gateway"},
		{name: "shapes", text: "orders: {shape: cylinder}\nbus.shape: queue\nok: Sure? {shape: diamond; style.fill: red}", nodes: "orders(cylinder); bus(pipe); ok=Sure?(rhombus)"},
		{name: "containers", text: "aws: AWS {\n  api -> orders\n  vpc: {\n    x -> _.api\n  }\n}\nclient -> aws.api\nclient -> aws", nodes: "aws.api=api@aws; aws.orders=orders@aws; aws.vpc.x=x@aws.vpc; client",
			edges: "aws.api->aws.orders; aws.vpc.x->aws.api; client->aws.api; client->aws", groups: "aws=AWS; aws.vpc=vpc@aws"},
		{name: "edge in container", text: "aws.(a -> b): x", nodes: "aws.a=a@aws; aws.b=b@aws", edges: "aws.a->aws.b:x", groups: "aws=aws"},
		{name: "label later", text: "a -> b\n(a -> b)[0].label: later\n(a -> b)[0].style.stroke: red", nodes: "a; b", edges: "a->b:later"},
		{name: "dashes", text: "a -> b: x {style.stroke-dash: 3}\nb -> c: {style: {stroke-dash: 3}; label: y}", nodes: "a; b; c", edges: "a.->b:x; b.->c:y"},
		{name: "table", text: "users: {\n shape: sql_table\n id: int\n name: text\n}\napi -> users", nodes: "users(cylinder); api", edges: "api->users"},
		{name: "passed over", text: "vars: {x: 1}\ndirection: right\nclasses: {a: {shape: cylinder}}\n*.style.fill: red\na -> b\na.style.fill: blue\ntitle: |md # The title |", nodes: "a; b; title=The title", edges: "a->b"},
		{name: "quotes", text: "\"a.b\" -> 'c d'", nodes: "\"a.b\"=a.b; c d", edges: "\"a.b\"->c d"},
		{name: "case", text: "Client -> API\nclient -> api", nodes: "client=Client; api=API", edges: "client->api; client->api"},

		{name: "half", text: "a -> b\nb ->", nodes: "a; b", edges: "a->b", err: "line 2: connection missing destination: mend it, or draw with plain arrows (a -> b)"},
		{name: "open", text: "a -> b\nc: {\nd -> e", nodes: "a; b; c.d=d@c; c.e=e@c", edges: "a->b; c.d->c.e", groups: "c=c", err: "line 2: maps must be terminated with }: mend it, or draw with plain arrows (a -> b)"},
		{name: "empty", text: "# nothing", err: "line 1: the drawing is empty: add a line like a -> b"},
		{name: "deep", text: strings.Repeat("a: {", 100), err: "line 1: brackets are nested more than 64 deep: draw less"},
	})
}

func TestArrows(t *testing.T) {
	runParse(t, FormatArrows, []parseCase{
		{name: "lines", text: "# my drawing\nclient -> api\n\napi -> db, cache (Redis): read\ncache\nmonitor", nodes: "client; api; db(cylinder); cache=cache (Redis)(cylinder); monitor", edges: "client->api; api->db:read; api->cache:read"},
		{name: "goes on", text: "client -> api\n  -> db\n  <- worker", nodes: "client; api; db(cylinder); worker", edges: "client->api; api->db; worker->db"},
		{name: "same box", text: "Load-Balancer -> the Cache\nload balancer -> cache", nodes: "load balancer=Load-Balancer; cache=Cache(cylinder)", edges: "load balancer->cache; load balancer->cache"},
		{name: "anything is a name", text: "GET /x -> if it is so", nodes: "get /x=GET /x; if it is so", edges: "get /x->if it is so"},
		{name: "nothing before", text: "-> b", nodes: "b", err: "line 1: nothing before the arrow: write name -> name"},
		{name: "nothing after", text: "a -> b\na ->", nodes: "a; b", edges: "a->b", err: "line 2: nothing after arrow 1: write name -> name"},
		{name: "no arrow", text: "a -> b\nthis is a sentence, not a box.", nodes: "a; b", edges: "a->b", err: "line 2: no arrow in it: write name -> name"},
		{name: "empty", text: "\n", err: "line 1: no arrow in it: write name -> name"},
	})
}

func TestParseFormat(t *testing.T) {
	_, err := Parse("dot", "a -> b")
	if err == nil || !strings.Contains(err.Error(), `format "dot" is not read: use arrows, mermaid or d2`) {
		t.Errorf("got %v", err)
	}
}
