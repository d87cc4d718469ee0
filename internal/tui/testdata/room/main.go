// Command room sits a person before a plan, for the tests that drive a real terminal: room PLAN.json EVENTS.jsonl.
// It ends with 0 when all is answered, 3 when left, 1 when a record failed.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"interview/internal/noquery"
	"interview/internal/session"
	"interview/internal/tui"
)

type file struct {
	*os.File
	limit int // events that fit on the disk; 0 = any number
}

func (f *file) Record(e session.Event) error {
	if f.limit--; f.limit == 0 {
		return errors.New("no space left on device")
	}
	return json.NewEncoder(f.File).Encode(e)
}

func main() {
	noquery.Restore()
	os.Exit(run())
}

func run() int {
	room := &tui.Room{In: os.Stdin, Out: os.Stdout, Editor: strings.Fields(os.Getenv("EDITOR"))}
	flag.BoolVar(&room.Strict, "strict", false, "")
	flag.BoolVar(&room.Bell, "bell", false, "")
	budget := flag.Duration("budget", 0, "of every step")
	limit := flag.Int("limit", 0, "the record with this number fails")
	version := flag.Bool("version", false, "")
	menu := flag.String("menu", "", "not a sitting, but: choose, line or read")
	flag.StringVar(&room.Theme, "theme", "auto", "")
	flag.Parse()
	if *version {
		fmt.Println("room")
		return 0
	}
	if *menu != "" {
		return side(*menu)
	}
	plan := readPlan(flag.Arg(0), *budget)
	room.Title = plan.Prompts[0].Title
	out, err := os.OpenFile(flag.Arg(1), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	check(err)
	runner, err := session.Start(plan, &file{out, *limit})
	check(err)
	return report(room, room.Run(context.Background(), runner))
}

// side shows what is not a sitting, and prints what was said.
func side(menu string) int {
	said, err := "read", error(nil)
	switch ctx := context.Background(); menu {
	case "choose":
		said, err = tui.Choose(ctx, "Which one?", []tui.Choice{{Label: "the first", Value: "1"}, {Label: "the second\x1b[2J", Value: "2"}})
	case "line":
		said, err = tui.Line(ctx, "How many points?", func(s string) error {
			if _, err := strconv.Atoi(s); err != nil {
				return errors.New("a number, please")
			}
			return nil
		})
	case "read":
		err = tui.Read(ctx, "Report", strings.Repeat("a line of the report\n", 100)+"the end")
	}
	fmt.Printf("said %q, error %v\n", said, err)
	return 0
}

func readPlan(name string, budget time.Duration) session.Plan {
	var plan session.Plan
	b, err := os.ReadFile(name)
	check(err)
	check(json.Unmarshal(b, &plan))
	for i := range plan.Steps {
		if budget > 0 {
			plan.Steps[i].Budget = budget
		}
	}
	return plan
}

func report(room *tui.Room, err error) int {
	switch {
	case errors.Is(err, tui.ErrLeft):
		fmt.Println("left")
		return 3
	case err != nil:
		fmt.Printf("failed: %v; unsaved: %q\n", err, room.Unsaved)
		return 1
	}
	fmt.Println("all answered")
	return 0
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
