package trial

import "regexp"

// labels are what people call the steps; the first that matches counts. "none" is what no notation is read from.
var labels = []struct {
	piece string
	words func() *regexp.Regexp
}{
	{Relate, called(`relat(?:e|es|ing|ion|ions|ionships?)|recurrences?(?: (?:relations?|equations?))?|recursion|recursive (?:formula|case|step|relation|definition)|(?:state )?transitions?(?: function| relation| equation)?|bellman(?: equation)?|(?:the )?formulas?|equations?|rule|rel|rec|inductive step|optimal substructure|choices?|decisions?|how`)},
	{Base, called(`base(?: cases?| conditions?| values?)?|bases|basis|initiali[sz](?:ation|e)|initial(?:ly| values?| conditions?| states?)?|inits?(?: values?| conditions?)?|boundar(?:y|ies)(?: conditions?| cases?| values?)?|terminal(?: cases?| states?)?|terminat(?:ion|es?)|stop(?:s|ping)?(?: conditions?)?|start(?:ing)?(?: values?| cells?| points?)?|trivial cases?|smallest (?:cases?|sub-?problems?)|borders?|seeds?`)},
	{Order, called(`(?:(?:topological|topo|evaluation|computation|calculation|comput(?:e|ing)|fill(?:ing)?|loop|iteration|processing|traversal|execution|table)[ -]?)?order(?:ing)?(?: of (?:computation|evaluation|filling|calculation|the loops))?|topo(?:logical|logy)?(?: sort)?|(?:loop |fill )?directions?|loops?|(?:evaluation|traversal|iteration|schedule|sweep|dependenc(?:y|ies)|dag)`)},
	{Original, called(`(?:the )?orig(?:inal)?(?: problem| question)?|(?:the |our )?(?:final )?(?:answer|result|solution|output)|final|read(?:ing)?[- ]?(?:off|out)|ans|return(?:s|ed)?|goal|target(?: cell)?|(?:first|initial|top|top-level|outer) call|query|wanted|objective`)},
	{Time, called(`(?:running |run )?time(?: analysis| complexity| cost| and space| & space|/space)?|(?:running|run)time|costs?|(?:time )?complexit(?:y|ies)|analysis|big[- ]?o|effort|efficiency|work|asymptotics?|speed|performance`)},
	{"none", called(`sub-?problems?|sub|subp|subs|states?|definitions?|define|meaning|space(?: complexity)?|memory|notation|set-?up|ideas?|intuition|approach|examples?|what`)},
}

// inline are names of steps that may also stand inside a line, behind a full stop.
var inline = pattern(`(?:[.;|)\]}0-9` + "`" + `]|\*\*)[ \t]+(?:\*\*|__)?((?:[Tt]he )?(?:Rel(?:ate|ation)|Recurrence|Transition|Base(?: cases?)?|Init(?:ial)?(?:ization|isation)?|Boundary|(?:Topological |Topo |Evaluation )?[Oo]rder|Original(?: problem)?|(?:Final )?[Aa]nswer|Result|Return|Output|(?:Running )?[Tt]ime(?: complexity| analysis)?|Runtime|Cost|Complexity|Space|base(?: case)?|order|answer|result|cost))(?:\*\*|__)?[ \t]*:(?:\*\*|__)?(?:[ \t]|$)`)

func called(names string) func() *regexp.Regexp { return pattern(`(?i)^(?:` + names + `)`) }

// question is a step's question in words: "How do they follow?", "Where does it stop:".
var question = pattern(`(?i)^[ \t]*(?:[-*•>#0-9.)]+[ \t]*)*(?:\*\*|__)?[ \t]*(?:how|what|what's|where|which|when|in (?:what|which))\b(?:[ \t]+[A-Za-z'’]+){1,7}[ \t]*[:?]+(?:\*\*|__)?[ \t]*`)

// topics are what a question is about.
var topics = []struct {
	piece string
	words func() *regexp.Regexp
}{
	{"none", pattern(`(?i)\b(?:smaller|sub-?)[ -]?problems?\b`)},
	{Order, pattern(`(?i)\border\b`)},
	{Base, pattern(`(?i)\b(?:stops?|ends?|base)\b`)},
	{Relate, pattern(`(?i)\b(?:relat\w*|follows?|depend\w*)\b`)},
	{Original, pattern(`(?i)\b(?:answer|result|read off|original|asked)\b`)},
	{Time, pattern(`(?i)\b(?:costs?|time|long|fast|expensive)\b`)},
}

// asks is the piece that a question at the beginning of a line is about, and its length, 0 for none.
func asks(line string) (piece string, n int) {
	lead := question().FindString(line)
	if lead == "" {
		return "", 0
	}
	for _, t := range topics {
		if t.words().MatchString(lead) {
			return t.piece, len(lead)
		}
	}
	return "", 0
}
