package grade

import (
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
)

// A transcript is the Markdown of a session: questions, answers and marks. Lines that no reader of Markdown shows say which
// of it are answers, so that a grade reads those and nothing else, whatever headings, fences or comments stand in them:
//
//	<!-- interview:graded PROMPT PHASE… -->
//	<!-- interview:answer PROMPT/PHASE -->
//	the text
//	<!-- interview:end -->
//
// The first is there where not all phases were graded. A text that holds the closing line gets numbered ones, "end 2".
const (
	gradedLine = "<!-- interview:graded "
	answerLine = "<!-- interview:answer "
	answerEnd  = "<!-- interview:end"
	lineEnd    = " -->"
)

// Transcript is what the Markdown of a session holds of one prompt.
type Transcript struct {
	Answers []Answer
	Base    []int    // the byte offset of each answer in the Markdown
	Phases  []string // the phases that were graded; none means all
}

// GradedLine is the line that names the phases by which a prompt was graded, "" for all.
func GradedLine(prompt string, phases []string) string {
	if len(phases) == 0 {
		return ""
	}
	names := make([]string, len(phases))
	for i, phase := range phases {
		names[i] = plainID(phase)
	}
	return gradedLine + plainID(prompt) + " " + strings.Join(names, " ") + lineEnd + "\n"
}

// Enclosed is an answer between the lines that ReadTranscript looks for.
func Enclosed(prompt string, a Answer) string {
	to := plainID(prompt)
	if a.Phase != "" {
		to += "/" + plainID(a.Phase)
	}
	number := ""
	for n := 2; strings.Contains(a.Text, answerEnd+number+lineEnd); n++ {
		number = fmt.Sprintf(" %d", n)
	}
	return fmt.Sprintf("%s%s%s%s\n%s\n%s%s%s\n", answerLine, to, number, lineEnd, a.Text, answerEnd, number, lineEnd)
}

// plainID leaves out what would end a line or a comment; the ids of a bank hold nothing of that.
func plainID(id string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '<' || r == '>' || r == '/' {
			return -1
		}
		return r
	}, id)
}

// ReadTranscript returns the answers to one prompt, and the ids of all prompts that a transcript answers, in order; none if
// the text is no transcript.
func ReadTranscript(text, prompt string) (t Transcript, prompts []string) {
	if !strings.Contains(text, answerLine) {
		return t, nil
	}
	for at := 0; at < len(text); {
		line, next := lineFrom(text, at)
		at = next
		if graded, ok := markedLine(line, gradedLine); ok {
			if names := strings.Fields(graded); len(names) > 1 && names[0] == prompt {
				t.Phases = names[1:]
			}
			continue
		}
		opened, ok := markedLine(line, answerLine)
		if !ok {
			continue
		}
		to, number, _ := strings.Cut(opened, " ")
		end, after := closing(text, at, number)
		of, phase, _ := strings.Cut(to, "/")
		if !slices.Contains(prompts, of) {
			prompts = append(prompts, of)
		}
		if of == prompt {
			t.Answers, t.Base = append(t.Answers, Answer{Phase: phase, Text: text[at:end]}), append(t.Base, at)
		}
		at = after
	}
	return t, prompts
}

// lineFrom is the line that begins there, without its end, and where the next one begins.
func lineFrom(text string, at int) (line string, next int) {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return text[at : at+n], at + n + 1
	}
	return text[at:], len(text)
}

// markedLine is what stands in a line of ours.
func markedLine(line, lead string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimRight(line, " \t\r"), lead)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, lineEnd)
}

// closing finds the line that ends an answer begun at from: where its text ends, and where the next line begins. What is
// never closed goes to the end of the text.
func closing(text string, from int, number string) (end, after int) {
	mark := answerEnd
	if number != "" {
		mark += " " + number
	}
	for at := from; at < len(text); {
		line, next := lineFrom(text, at)
		if rest, ok := markedLine(line, mark); ok && rest == "" {
			return max(from, at-1), next
		}
		at = next
	}
	return len(text), len(text)
}

// AnswersIn reads Markdown: the answers to the item in a transcript, else what Split finds. base[i] is the byte offset of
// answers[i].Text in text; phases are those that are to be graded, none for all.
func AnswersIn(text string, it *bank.Item) (answers []Answer, base []int, phases []string) {
	if t, _ := ReadTranscript(text, it.Prompt.ID); len(t.Answers) > 0 {
		return t.Answers, t.Base, t.Phases
	}
	answers, base = Split(text, it.Framework.Phases)
	return answers, base, nil
}
