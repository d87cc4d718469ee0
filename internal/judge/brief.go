package judge

import (
	"crypto/sha256"
	_ "embed" // the brief is content
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"interview/internal/bank"
	"interview/internal/chat"
	"interview/internal/grade"
)

//go:embed brief.md
var briefs string

// Version is the number of the texts that are sent. It is raised with every change of brief.md.
func Version() int {
	line, _, _ := strings.Cut(briefs, "\n")
	n, _ := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(line, "version:"))) // a test reads it
	return n
}

// section is a part of brief.md.
func section(name string) string {
	_, rest, _ := strings.Cut(briefs, "\n# "+name+"\n")
	text, _, _ := strings.Cut(rest, "\n# ")
	return strings.TrimSpace(text)
}

// fill puts values in the places of a section. What a value holds is never filled itself.
func fill(name string, values ...string) string {
	for i := 0; i < len(values); i += 2 {
		values[i] = "{{" + values[i] + "}}"
	}
	return strings.NewReplacer(values...).Replace(section(name))
}

// brief is what one exchange sends: what the model is, and what it is asked.
type brief struct{ system, user string }

func (b brief) String() string { return b.system + "\n\n" + b.user }

func (b brief) talk() []chat.Message {
	return []chat.Message{{Role: "system", Text: b.system}, {Role: "user", Text: b.user}}
}

// fence is a code that stands in none of the texts, so that none of them can close its fence. The same texts get the same
// one: what was shown before sending is what is sent.
func fence(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	for {
		code := hex.EncodeToString(sum[:8])
		if !strings.Contains(strings.ToLower(strings.Join(texts, "\n")), code) {
			return code
		}
		sum = sha256.Sum256(sum[:])
	}
}

func openFence(code, what string) string  { return "<<<<< " + code + " begin " + what }
func closeFence(code, what string) string { return ">>>>> " + code + " end " + what }

// fenced is a text between fences.
func fenced(code, what, text string) string {
	return openFence(code, what) + "\n" + strings.TrimRight(visible(text), "\n ") + "\n" + closeFence(code, what)
}

// brief of a case. Asked again, the criteria come in the other order: what depends on it is no judgement.
func (k *Case) brief(again bool) brief {
	criteria := k.criteria()
	if again {
		for i, j := 0, len(criteria)-1; i < j; i, j = i+1, j-1 {
			criteria[i], criteria[j] = criteria[j], criteria[i]
		}
	}
	var ids []string
	for _, c := range criteria {
		ids = append(ids, c.ID)
	}
	code := fence(textsOf(k.Answers)...)
	user := fill("case", "title", k.Item.Prompt.Title, "ask", k.Item.Prompt.Ask, "facts", factList(k.Item.Prompt.Facts),
		"criteria", k.list(criteria), "open", openFence(code, "answer 1"), "answers", k.fenced(code),
		"count", plural(len(ids), "criterion", "criteria"), "ids", strings.Join(ids, ", "))
	return brief{section("judge"), user}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func textsOf(answers []grade.Answer) []string {
	var out []string
	for _, a := range answers {
		out = append(out, visible(a.Text))
	}
	return out
}

// fenced are the answers that say something, each with its phase and the follow-up that it replies to.
func (k *Case) fenced(code string) string {
	var parts []string
	for i, a := range k.Answers {
		if strings.TrimSpace(visible(a.Text)) == "" {
			continue
		}
		lead := "To “" + k.phase(a.Phase) + "”:"
		if a.Phase == "" {
			lead = "To the whole:"
		}
		if i < len(k.Asked) && k.Asked[i] != "" {
			lead = strings.TrimSuffix(lead, ":") + ", asked “" + clip(k.Asked[i], mostText) + "”:"
		}
		parts = append(parts, lead+"\n"+fenced(code, fmt.Sprintf("answer %d", i+1), a.Text))
	}
	return strings.Join(parts, "\n\n")
}

func (k *Case) phase(id string) string {
	if ph, ok := k.Item.Phase(id); ok {
		return ph.Title
	}
	return id
}

// list writes criteria with their levels.
func (k *Case) list(criteria []bank.Criterion) string {
	var b strings.Builder
	for i := range criteria {
		c := &criteria[i]
		fmt.Fprintf(&b, "- %s: %s (%s)", c.ID, c.Title, k.phase(c.Phase))
		if c.When != "" {
			b.WriteString(", only if it comes up")
		}
		fmt.Fprintf(&b, "\n    %s: the answers do not say it\n", none)
		for l := range c.Levels {
			fmt.Fprintf(&b, "    %s: %s\n", c.Levels[l].Name, describe(&c.Levels[l]))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// describe is what a level asks for, in words.
func describe(l *bank.Level) string {
	switch {
	case l.Descriptor != "":
		return l.Descriptor
	case len(l.Edge) > 0:
		return "the drawing has " + strings.Join(l.Edge, " and ")
	}
	return strings.Join(l.Say, "; or ")
}

func factList(facts []bank.Fact) string {
	if len(facts) == 0 {
		return "nothing"
	}
	var b strings.Builder
	for i, f := range facts {
		fmt.Fprintf(&b, "%d. %s\n", i+1, strings.Join(strings.Fields(f.Says), " "))
	}
	return strings.TrimRight(b.String(), "\n")
}
