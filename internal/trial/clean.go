package trial

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Marks of layout and the commonest words for a condition are blanked or respelled here, byte for byte, so that every place in
// what is read is the place in what was written.

// respelling replaces what matches by text, filled up with blanks; of more groups than none, the first is kept as it is.
type respelling struct {
	what func() *regexp.Regexp
	with string
}

var layout = []respelling{
	{pattern("```[A-Za-z0-9+#]*"), ""},
	{pattern("[`$⎧⎨⎩⎪]"), ""},
	{pattern(`\\(?:text|mathrm|mathit|mathbf|mathsf|mbox|textbf|textit|operatorname)\{[^{}]*\}`), "{}"},
	{pattern(`\\begin\{cases\}`), "{"}, {pattern(`\\end\{cases\}`), "}"},
	{pattern(`\\(?:begin|end)\{[a-z]+\*?\}`), ""},
	{pattern(`\\\\`), ";"},
	{pattern(`\\(?:left|right|bigl|bigr|big|Big|quad|qquad|displaystyle|limits)\b|\\[,;! ]`), ""},
	{pattern(`\\leq?\b`), "<="}, {pattern(`\\geq?\b`), ">="}, {pattern(`\\neq?\b`), "!="},
	{pattern(`\\infty\b`), "inf"}, {pattern(`\\(?:cdot|times)\b`), "*"}, {pattern(`\\(?:l|c)?dots\b`), ".."},
	{pattern(`\\(?:gets|leftarrow)\b`), "="}, {pattern(`\\Theta\b`), "O"}, {pattern(`\\(?:emptyset|varnothing)\b`), "∅"},
	{pattern(`\\land\b`), "and"}, {pattern(`\\lor\b`), "or"}, {pattern(`\\([{}|])`), "$1"}, {pattern(`\\(min|max|sum|ell)`), "$1"}, {pattern(`\\(min|max|ell|log|lg|sqrt|forall|mid|lambda|alpha|beta|delta|pi|phi|sigma|in|sum|to|rightarrow|dp|colon|ln|subset|exists)\b`), "$1"},
	{pattern(`\bMath\.(max|min)\b`), "$1"}, {pattern(`\bstd::(max|min)\b`), "$1"},
	{pattern(`\b(?:MIN|Min)\b`), "min"}, {pattern(`\b(?:MAX|Max)\b`), "max"},
	{pattern(`(?m)^[ \t]*(?:(?:[-*•>+–—]|→|=>|⇒|∴)[ \t]+)+`), ""},
	{pattern(`(?m)^[ \t]*(?:[0-9]{1,2}|[a-h]|i{1,3})[.)][ \t]+`), ""},
	{pattern(` <- `), " = "},
}

var (
	strong  = pattern(`(^|[\s(:])(\*\*|__)([^*\n]+?)(\*\*|__)`)
	stress  = pattern(`(^|[\s(])\*([A-Za-z][A-Za-z ,]*)\*([\s.,:;)]|$)`)
	lowered = pattern(`\b(?:IF|If|ELSE|Else|Otherwise|OTHERWISE|When|For|FOR|Return|RETURN|Let|Where|And|Or|Unless|Take|With|Then|The|DOWN|UP|TO|DOWNTO|From|FROM|Each|Every|All|Any|By|Increasing|Decreasing|Ascending|Descending|Down|Else if|Elif)\b`)
)

// phrase is a pattern in which a blank stands for any number of them.
func phrase(text string) func() *regexp.Regexp {
	var b strings.Builder
	class := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			b.WriteString(text[i : i+2])
			i++
			continue
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == ' ' && !class:
			if i+1 < len(text) && (text[i+1] == '?' || text[i+1] == '*') {
				b.WriteString(`[ \t]*`)
				i++
			} else {
				b.WriteString(`[ \t]+`)
			}
			continue
		}
		b.WriteByte(text[i])
	}
	return pattern(b.String())
}

const (
	subject  = `(?:(?:it|that|this|which|they|(?:the|that|this) (?:value|result|entry|number|last one|cell|sum|amount|target|min|max|minimum|maximum))(?: (?:is|stays|was|remains|equals|comes out|turns out|ends up)(?: still| as)?|'s|’s|=)? (?:still )?)?`
	infinite = `(?:infinite|infinity|inf|INF|∞|unreachable|impossible|infeasible|not (?:possible|reachable|finite|feasible)|no solution)`
	finite   = `(?:finite|reachable|possible|feasible|(?:less|smaller) than (?:infinity|inf|INF|∞)|below (?:infinity|inf|INF|∞)|not (?:infinite|infinity|inf|INF|∞)|(?:<|!=|≠) ?(?:infinity|inf|INF|∞))`
	fitting  = `(?:(?:it|that|this|one|item [a-z]|(?:the|this|that) (?:item|coin|weight|house|one)|[cdw](?:_[a-z]|\[[^\]]*\])?) (?:still )?(?:fits?|is small enough)(?: (?:in|into)(?: (?:the (?:bag|knapsack|capacity|room|amount)|[a-z]))?)?|fitting|there(?: is|'s|’s) (?:enough )?room|the (?:index|cell|read) (?:exists|is valid|is in range))`
	unfit    = `(?:(?:it|that|this|item [a-z]|(?:the|this|that) (?:item|coin|weight)|[cdw](?:_[a-z]|\[[^\]]*\])?) (?:does not|doesn't|doesn’t|won't|cannot|can't|can not) fit|(?:it|that|item [a-z]|(?:the|this) item)(?: is|'s|’s) too (?:heavy|big|large)|too (?:heavy|big)|there(?: is|'s|’s) no room)`
	empty    = `(?:(?:(?:the|an) )?(?:list|input|array|[a-z]+)? ?(?:is |was )?empty(?: list| input| array| string| row| street)?|there (?:are|is) (?:no|none|nothing)[a-z ]*|no (?:houses|numbers|items|elements)(?: at all)?|nothing is given)`
)

// phrases that say what a condition says, wherever they stand.
var saidFor = []respelling{
	{phrase(`\b(?:if and only if|as long as|so long as|provided(?: that)?|but only if|only if|only when|whenever|assuming(?: that)?|given that)\b`), "if"},
	{phrase(`\bsuch that\b|\bs\. ?t\.`), "if"},
	{phrase(`,? ?\(?\bi\. ?e\.,?`), ""},
	{phrase(`(?:^|[,;][ \t]*|[ \t]+)(?:(?:where|with|and)[ \t]+)?(?:the bracket )?\[[A-Za-z.… ]*\] (?:is|=|denotes|equals|means|being) 1 (?:if|when|for)[^.;\n]*?0 (?:if not|otherwise|else|when not)[^.;\n]*`), ""},
	{phrase(`\b(?:to start with|to begin with|at the (?:start|beginning)|in the beginning|initially|at first)\b`), ""},
	{phrase(`\bas soon as\b|\bonce\b`), "if"},
	{phrase(`\b(?:when|if) (?:not|they (?:differ|don't|don’t|do not)(?: match| agree)?|(?:it|they) (?:is|are) not)[ \t]*(->|→|⇒|=>|[.;:,\n)]|$)`), "else"},
	{pattern(`\b(?:elsewhere|in (?:the )?case they differ)\b`), "else"},
	{pattern(`,?[ \t]*\b(?:converted|turned|mapped|translated|changed|which becomes|becoming)(?: in)?(?:to)?[ \t]+([-−]?[0-9]+)`), ", $1"},
	{phrase(`\b(?:in all other cases|in all the other cases|in the other case|in every other case|in any other case|else case|by default|if none of these holds|if neither holds)\b`), "else"},
	{phrase(`\b(?:if|when) ` + unfit), "if _unfit"},
	{phrase(`\b(?:if|when) ` + fitting), "if _fit"},
	{phrase(`\b(?:the )?(?:larger|greater|bigger|better) (?:one )?(?:of the two |of both )?of\b:?`), "max of"},
	{phrase(`\b(?:the )?(?:smaller|lesser|cheaper) (?:one )?(?:of the two |of both )?of\b:?`), "min of"},
	{phrase(`\b(?:the )?(?:largest|biggest|greatest|highest|maximum|maximal)(?: (?:value|values|entry|cell|number|element|one))?(?: (?:of|over|in|among)(?: all)?(?: of)?(?: the)?(?: (?:array|list|row|entries|values|cells|numbers)(?: (?:of|in))?)?)?\b:?`), "max of"},
	{phrase(`\b(?:the )?(?:smallest|lowest|minimum|minimal)(?: (?:value|values|entry|cell|number|element|one))?(?: (?:of|over|in|among)(?: all)?(?: of)?(?: the)?(?: (?:array|list|row|entries|values|cells|numbers)(?: (?:of|in))?)?)?\b:?`), "min of"},
}

// saidOfValue are those that speak of the value beside them.
var saidOfValue = []respelling{
	{phrase(`\bunless ` + subject + infinite), "if _fin"},
	{phrase(`\b(?:if|when|in case|where) ` + subject + finite), "if _fin"},
	{phrase(`\b(?:if|when|in case|where) ` + subject + infinite), "if _inf"},
	{phrase(`\b(?:for|if|when) (?:n|N|len\([a-z]+\)|\|[a-z]+\|) ?=+ ?0\b`), "if _empty"},
	{phrase(`\b(?:print|printing|report|reporting|output) `), "return"},
	{phrase(`\bin case (?:of|it is|it's) (?:infinity|inf|INF|∞|infinite)\b`), "if _inf"},
	{phrase(`\b(?:instead of|in place of|for|where it is) (?:infinity|inf|INF|∞)`), "if _inf"},
	{phrase(`\b(?:if|when) (?:it |that |the amount |amount )?(?:cannot|can't|can’t|can not) be (?:made|reached|done|paid|formed)`), "if _inf"},
	{phrase(`\b(?:if|when) (?:there(?:'s| is|’s) )?(?:no way|no combination)(?: at all| exists| does)?`), "if _inf"},
	{phrase(`\b(?:if|when|for|whenever) (?:(?:either|any|one)(?: of)?[a-z ]*|[a-z] or [a-z]|a [a-z]+) (?:is|are) empty\b`), "if _void"},
	{phrase(`\b(?:if|when|for) ` + empty), "if _empty"},
}

// saidOfMany give many cells a value at once.
var saidOfMany = []respelling{
	{pattern(`\b(?:everything else|every other (?:entry|cell|value|amount|one)|all (?:the )?(?:other|remaining)s?(?: (?:entries|cells|values|amounts|ones))?|all others?|the (?:rest|others)|all else|others|rest)(?: (?:of (?:dp|the table|them)|is|are|be|to|at|start(?:s|ing)?|begins?|set|initiali[sz]ed|with|as|initially|=|:=|:))* *(?:=|:=|:)? *`), "_rest = "},
	{pattern(`\b(?:the )?(?:first|zeroth|0th|top|left)? ?row (?:0 )?(?:and|\+|/|&) (?:the )?(?:first|zeroth|0th|left)? ?col(?:umn)?(?: 0)?s?(?: (?:is|are|be|both|all|=|:=|:|to|set))* *(?:=|:=|:)? *`), "_edges = "},
	{pattern(`\b(?:all |for |any )*negative (?:amounts?|ind(?:ex|ices)|values?|arguments?|capacit(?:y|ies)|weights?|room|remainders?|[a-z])(?: (?:is|are|give|gives|cost|costs|be|to|get|count|counts|as|have|value|=|:=|:))* *(?:=|:=|:)? *`), "_neg = "},
}

// saidOfChoices speak of a minimum or maximum over nothing.
var nothing = pattern(`\b(?:if|when) (?:there(?:'s| is| are|’s) )?(?:no|none|nothing)\b[^.,;:()\n]*`)
var nothingEnd = pattern(` (?:it is|it's|it’s|then|it) `)

// clean is a text of the same length with layout blanked and phrases respelled.
func clean(text string) string {
	text = unlatexed(text)
	for _, r := range layout {
		text = r.apply(text)
	}
	text = blankGroups(strong, blankGroups(strong, text, 2, 4), 2, 4)
	text = starred(text)
	text = lowered().ReplaceAllStringFunc(text, strings.ToLower)
	for _, r := range saidFor {
		text = r.apply(text)
	}
	return alike(remarks(text))
}

// itIs leads to a value that is said in words: "it's infinite".
var (
	itIs     = pattern(`\b(?:it|that|this|the (?:value|answer|result))(?:'s|’s| is| equals)[ \t]+(?:just )?(?:infinite|infinity|inf\b|∞|[-−]?[0-9]|[a-zA-Z]\w*[\[(])`)
	itIsLead = pattern(`^(?:it|that|this|the (?:value|answer|result))(?:'s|’s| is| equals)[ \t]+(?:just )?`)
)

var (
	sameness  = pattern(`(\b[A-Za-z]\w*(?:\[[^\]\n]*\]|_(?:\{[^}\n]*\}|[a-z0-9]\b)|[ᵢⱼₖₙₘ₁₋]+)) +(and|equals|is equal to|is the same as|is|matches|differs from|is not|isn't) +([A-Za-z]\w*(?:\[[^\]\n]*\]|_(?:\{[^}\n]*\}|[a-z0-9]\b)|[ᵢⱼₖₙₘ₁₋]+))( +(?:are (?:the same|equal|alike|identical|different|not equal|not the same)|match|agree|coincide|differ|do not match|don't match|do not agree))?`)
	letters2  = pattern(`\b(?:the )?(?:last |first |two |both )?(?:letters|characters|chars|symbols) ([A-Za-z]\w*(?:\[[^\]\n]*\]|_\w))(?:,| and) ([A-Za-z]\w*(?:\[[^\]\n]*\]|_\w)) ((?:are|match|agree|coincide|differ|do|don)\b)`)
	commentOf = pattern(`(#|//)[ \t]*[^\n]*`)
	commentIf = pattern(`\b(?:if|when|else|otherwise)\b[ \t]*[^\n]*`)
)

// alike makes a comparison of "s[i] and t[j] are the same".
func alike(text string) string {
	text = letters2().ReplaceAllStringFunc(text, func(m string) string {
		g := letters2().FindStringSubmatch(m)
		return pad(g[1]+" and "+g[2], m[:len(m)-len(g[3])]) + g[3]
	})
	return sameness().ReplaceAllStringFunc(text, func(m string) string {
		g := sameness().FindStringSubmatch(m)
		differ := strings.Contains(g[2], "differ") || strings.Contains(g[2], "not") || strings.Contains(g[2], "isn't") || strings.Contains(g[4], "differ") || strings.Contains(g[4], "not") || strings.Contains(g[4], "don't")
		if g[2] == "and" && g[4] == "" || g[2] == "is" && g[4] != "" {
			return m
		}
		op := "=="
		if differ {
			op = "!="
		}
		return pad(g[1]+" "+op+" "+g[3], m)
	})
}

// remarks blanks comments, but keeps a condition that stands in one where the line has none.
func remarks(text string) string {
	return commentOf().ReplaceAllStringFunc(text, func(m string) string {
		if labelled().MatchString(m) { // # B: dp[0] = 0
			return m
		}
		body := strings.TrimLeft(m, "#/ \t")
		if strings.HasPrefix(m, "##") || body == "" || m[0] == '/' && !isRemark(body) || m[0] == '#' && !strings.HasPrefix(m, "# ") {
			return m
		}
		kept := ""
		if at := commentIf().FindStringIndex(m); at != nil {
			if rest := lex(m[at[0]:at[1]], 1, 1); compares(rest) && !prose(paired(rest)) {
				kept = m[at[0]:]
			}
		}
		return strings.Repeat(" ", len(m)-len(kept)) + kept
	})
}

// labelled is a comment that tells a step.
var labelled = pattern(`^#[ \t]*[A-Za-z]{1,12}[ \t]*:`)

// isRemark says that what follows // is words and no divisor.
func isRemark(body string) bool {
	word := strings.IndexFunc(body+" ", func(r rune) bool { return !(r|0x20 >= 'a' && r|0x20 <= 'z') })
	if word < len(body) && !strings.ContainsRune(" .,:;)'’\t\r", rune(body[word])) {
		return false
	}
	return word > 2 || word > 0 && strings.Contains(strings.TrimSpace(body), " ")
}

func compares(tokens []token) bool {
	for _, t := range tokens {
		switch t.text {
		case "<", "<=", ">", ">=", "==", "!=", "=":
			return true
		}
	}
	return false
}

// ampersand parts a case from its condition, which may begin with a word.
var ampersand = pattern(`&[ \t]*(?:\\text|\\mbox|\\textrm|\\quad|if\b|when\b|otherwise|else|for\b)?`)

// unlatexed leaves single & out where a text is set in LaTeX.
func unlatexed(text string) string {
	if !strings.Contains(text, `\begin`) {
		return text
	}
	return ampersand().ReplaceAllStringFunc(text, func(m string) string {
		if len(m) > 1 && strings.TrimLeft(m, "& \t") == "" {
			return pad("¦", m)
		}
		return " " + m[1:]
	})
}

// starred blanks *stress*, which is no product.
func starred(text string) string {
	return stress().ReplaceAllStringFunc(text, func(m string) string { return strings.ReplaceAll(m, "*", " ") })
}

func blankGroups(re func() *regexp.Regexp, text string, groups ...int) string {
	out := []byte(text)
	for _, m := range re().FindAllStringSubmatchIndex(text, -1) {
		for _, g := range groups {
			for k := m[2*g]; k < m[2*g+1]; k++ {
				out[k] = ' '
			}
		}
	}
	return string(out)
}

func (r *respelling) apply(text string) string {
	return r.what().ReplaceAllStringFunc(text, func(m string) string {
		with := r.with
		switch {
		case with == "{}": // what stands in the braces of a command
			with = m[strings.IndexByte(m, '{')+1 : len(m)-1]
		case with == ", $1":
			value := r.what().ReplaceAllString(m, "$1")
			return "," + strings.Repeat(" ", max(0, len(m)-1-len(value))) + value
		case with == "$1":
			with = r.what().ReplaceAllString(m, with)
			if m[0] == '\\' { // \min_{…}: what follows belongs to it
				return strings.Repeat(" ", max(0, len(m)-len(with))) + with
			}
		case with == "else" && (strings.HasSuffix(m, "->") || strings.HasSuffix(m, "=>") || strings.HasSuffix(m, "→") || strings.HasSuffix(m, "⇒")):
			return with + strings.Repeat(" ", len(m)-len(with))
		case with == "else" && strings.ContainsAny(m[len(m)-1:], ",:;.)\n"):
			return with + strings.Repeat(" ", len(m)-1-len(with)) + m[len(m)-1:]
		case strings.Contains(m, "\n"):
			return m
		}
		if len(with) > len(m) {
			return m
		}
		if strings.HasPrefix(with, " ") || with == "" {
			return with + strings.Repeat(" ", len(m)-len(with))
		}
		return with + strings.Repeat(" ", len(m)-len(with))
	})
}

// valued respells what is said of the value beside it, in relations, base cases and read-offs.
func valued(text string) string {
	text = nothing().ReplaceAllStringFunc(text, func(m string) string {
		if at := nothingEnd().FindStringIndex(m); at != nil {
			return pad("if _none", m[:at[0]]) + m[at[0]:]
		}
		return pad("if _none", m)
	})
	for _, r := range saidOfValue {
		text = r.apply(text)
	}
	return itIs().ReplaceAllStringFunc(text, func(m string) string {
		value := itIsLead().ReplaceAllString(m, "")
		return strings.Repeat(" ", len(m)-len(value)) + value
	})
}

// valuedResult is valued for a read-off, in which nothing is an empty input and no choice among nothing.
func valuedResult(text string) string {
	for _, r := range saidOfValue {
		text = r.apply(text)
	}
	return valued(text)
}

// manyCells respells what is said of many cells, in base cases.
func manyCells(text string) string {
	for _, r := range saidOfMany {
		out := []byte(text)
		for _, m := range r.what().FindAllStringIndex(text, -1) {
			if next, _ := utf8.DecodeRuneInString(text[m[1]:]); m[1] < len(text) && strings.ContainsRune("0123456789-−∞iITFtf+", next) {
				copy(out[m[0]:m[1]], pad(r.with, text[m[0]:m[1]]))
			}
		}
		text = string(out)
	}
	return text
}

func pad(with, of string) string {
	if len(with) > len(of) {
		return of
	}
	return with + strings.Repeat(" ", len(of)-len(with))
}

// ofNothing finds what an answer takes a minimum or maximum over nothing to be: "max ∅ = 0".
var overNothing = pattern(`(?i)[,;(]?[ \t]*(?:(?:where|with|and|again|taking|using|let)[ \t]+)*(?:the[ \t]+)?(?:(max|min)(?:imum)?[ \t]*(?:(?:of|over)[ \t]+(?:nothing|none|no \w+|(?:an |the )?empty(?: set| list| range)?|∅|\{\})|\(?[ \t]*(?:∅|\{ ?\})[ \t]*\)?|\([ \t]*\))|empty[ \t]+(max|min)(?:imum)?)[ \t]*(?:is|=|:=|being|as|counts as|gives|→)[ \t]*(-?[0-9]+|[-−]?(?:∞|inf(?:inity)?))(?:[ \t]*(?:if|when|for)[ \t]+n[ \t]*=+[ \t]*0)?\)?`)

// emptyChoice blanks such a sentence and returns its values.
func emptyChoice(text string) (cut string, is map[string]string) {
	out := []byte(text)
	for _, m := range overNothing().FindAllStringSubmatchIndex(text, -1) {
		op := ""
		for _, g := range []int{1, 2} {
			if m[2*g] >= 0 {
				op = strings.ToLower(text[m[2*g]:m[2*g+1]])
			}
		}
		if is == nil {
			is = map[string]string{}
		}
		is[op] = text[m[6]:m[7]]
		for k := m[0]; k < m[1]; k++ {
			out[k] = ' '
		}
	}
	return string(out), is
}
