package trial

import (
	"errors"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// What names stand for: "n = len(nums)", "A = s", "where W is the capacity".

var (
	letLength = pattern(`\b([A-Za-z]\w{0,7})(?:[ \t]*(?:=|:=)[ \t]*|[ \t]+(?:is|for|denotes)[ \t]+)(len\([ \t]*[A-Za-z]\w*[ \t]*\)|\|[ \t]*[A-Za-z]\w*[ \t]*\||(?:the )?(?:length|size) of [A-Za-z]\w*|[A-Za-z]\w*\.(?:length|size)(?:\(\))?)`)
	letInput  = pattern(`(?:\b(?:where|let|with|write|call|and|for)[ \t]+|[,(;:|][ \t]*|^[ \t]*)([A-Za-z]\w{0,7})(?:[ \t]*(?:=|:=)[ \t]*|[ \t]+(?:is|for|denotes|stands for|being)[ \t]+)(?:the )?([a-z][a-z]*[0-9]?)\b`)
	letPair   = pattern(`\b([A-Za-z])(?:,| and)[ \t]*([A-Za-z])[ \t]*(?:=|:=|are|for|being)?[ \t]*(?:the )?(?:lengths of|len of)[ \t]+([A-Za-z]\w*)(?:,| and)[ \t]*([A-Za-z]\w*)`)
	letTuple  = pattern(`\b([A-Za-z])[ \t]*,[ \t]*([A-Za-z])[ \t]*=[ \t]*(len\([^()\n]*\)|\|\w+\||[a-z]\w*)[ \t]*,[ \t]*(len\([^()\n]*\)|\|\w+\||[a-z]\w*)`)
	letOf     = pattern(`(?:length|size) of ([A-Za-z]\w*)|len\([ \t]*([A-Za-z]\w*)[ \t]*\)|\|[ \t]*([A-Za-z]\w*)[ \t]*\||([A-Za-z]\w*)\.(?:length|size)`)
)

// letsIn are the definitions in a text as "n = len(s)", each once; the first counts.
func letsIn(text string) (out []string) {
	seen := map[string]bool{}
	add := func(name, is string) {
		if !seen[name] && name != is && is != "" {
			seen[name] = true
			out = append(out, name+" = "+is)
		}
	}
	for _, m := range letTuple().FindAllStringSubmatch(text, -1) {
		if one, two := lengthIn(m[3]), lengthIn(m[4]); one != "" && two != "" {
			add(m[1], "len("+one+")")
			add(m[2], "len("+two+")")
		} else {
			add(m[1], m[3])
			add(m[2], m[4])
		}
	}
	for _, m := range letLength().FindAllStringSubmatch(text, -1) {
		add(m[1], "len("+lengthIn(m[2])+")")
	}
	for _, m := range letPair().FindAllStringSubmatch(text, -1) {
		add(m[1], "len("+m[3]+")")
		add(m[2], "len("+m[4]+")")
	}
	for _, m := range letInput().FindAllStringSubmatchIndex(text, -1) {
		rest := strings.TrimLeft(text[m[1]:], " \t")
		if rest != "" && strings.ContainsAny(rest[:1], "[(+-*/.<>=:") && !strings.HasPrefix(rest, ". ") && !strings.HasPrefix(rest, ".\n") && rest != "." ||
			strings.HasPrefix(rest, "down") || strings.HasPrefix(rest, "to ") || strings.HasPrefix(rest, "up") || strings.HasPrefix(rest, "−") || strings.HasPrefix(rest, "…") {
			continue
		}
		add(text[m[2]:m[3]], text[m[4]:m[5]])
	}
	return out
}

func lengthIn(text string) string {
	m := letOf().FindStringSubmatch(text)
	for k := 1; k < len(m); k++ {
		if m[k] != "" {
			return m[k]
		}
	}
	return ""
}

// let keeps what a name stands for, where that is a name of the setup.
func (a *answer) let(p *Piece) {
	name, is, ok := strings.Cut(p.Text, " = ")
	of := is
	if inner, cut := strings.CutPrefix(is, "len("); cut {
		of = strings.TrimSuffix(inner, ")")
	}
	if !ok || !a.knows(of) || slices.Contains(a.index, name) || slices.Contains([]string{"i", "j", "k"}, name) || known[name] != nil || keywords[name] || a.stands(name) {
		return
	}
	nodes, fine := nest(lex(is, p.Line, p.Col))
	if !fine || len(nodes) == 0 {
		return
	}
	r := &rule{piece: p, name: name}
	r.build(nil, nil, nodes, &nodes[0])
	a.lets = append(a.lets, r)
}

// stands says that the answer says what a name stands for.
func (a *answer) stands(name string) bool {
	for _, r := range a.lets {
		if r.name == name {
			return true
		}
	}
	return false
}

// define gives the names their values for one input.
func (a *answer) define(env starlark.StringDict) {
	values := starlark.StringDict{}
	for _, r := range a.lets {
		fn, err := r.prog.function(limited(setupSteps), env, "it")
		if err != nil {
			continue
		}
		if v, err := starlark.Call(limited(setupSteps), fn, nil, nil); err == nil {
			values[r.name] = v.(starlark.Tuple)[0]
		}
	}
	for name, v := range values {
		env[name] = v
	}
}

// adopt takes a name that nothing says of, and that has an index, for the only list or text of the setup: c_i for the coins. It
// reports whether it did.
func (b *Bench) adopt(a *answer, r *rule, err error) bool {
	var f *fault
	if !errors.As(err, &f) {
		return false
	}
	name, unknown := strings.CutSuffix(f.msg, " is not known here")
	if !unknown || len(name) > 2 || a.stands(name) || slices.Contains(a.index, name) || len(b.inputs) == 0 {
		return false
	}
	at := slices.IndexFunc(r.tokens, func(t token) bool { return t.kind == word && t.text == name })
	if at < 0 || at+1 >= len(r.tokens) || r.tokens[at+1].text != "[" {
		return false
	}
	only := ""
	for k, v := range b.inputs[0].args {
		if starlark.Len(v) < 0 {
			continue
		}
		if only != "" {
			return false
		}
		only = b.setup.Inputs[k]
	}
	if only == "" {
		return false
	}
	n := node{token: token{text: only, kind: word, line: f.line, col: f.col}}
	is := &rule{piece: r.piece, name: name}
	is.build(nil, nil, []node{n}, &n)
	if is.prog, err = compile(is.tokens, b.named); err != nil {
		return false
	}
	a.lets = append(a.lets, is)
	return true
}
