package report

import (
	"strings"
	"testing"
	"time"

	"interview/internal/review"
)

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, time.Local)
	if err != nil {
		panic(err)
	}
	return t
}

// A week is a column, a weekday a row; at most a year is shown, and at least a quarter of one.
func TestHeat(t *testing.T) {
	if newHeat(nil) != nil {
		t.Error("a map of no days")
	}
	h := newHeat([]review.Day{{Date: day("2026-03-02"), Sessions: 2, Took: time.Hour}, {Date: day("2026-03-29"), Sessions: 7, Took: 90 * time.Minute}})
	last := h.Cells[len(h.Cells)-1]
	if len(h.Cells) != fewestWeeks*7 || last != (heatCell{X: heatLeft + 11*cellPitch, Y: heatTop + 6*cellPitch, Hot: 4, N: "7"}) {
		t.Errorf("%d cells, the last %+v", len(h.Cells), last) // 29 March 2026 is a Sunday, and clocks change
	}
	monday := h.Cells[len(h.Cells)-28]
	if monday != (heatCell{X: heatLeft + 8*cellPitch, Y: heatTop, Hot: 2, N: "2"}) {
		t.Errorf("2 March is %+v", monday)
	}
	if len(h.Days) != 2 || h.Days[0] != (heatDay{"2026-03-29", "7", "1 h 30 min"}) || h.Days[1].Time != "1 h 00 min" {
		t.Errorf("%+v", h.Days)
	}
	if h := newHeat([]review.Day{{Date: day("2020-01-01")}, {Date: day("2026-03-04")}}); len(h.Cells) != 52*7+3 || len(h.Days) != 1 {
		t.Errorf("%d cells and %d days of six years", len(h.Cells), len(h.Days))
	}
}

func try(points float64, took, budget time.Duration, help review.Help) review.Try {
	return review.Try{Key: review.Key{Prompt: "p", Phase: "scope"}, Track: "own", Points: points, Possible: 4, Took: took, Budget: budget, Help: help}
}

func TestTrend(t *testing.T) {
	row := newTrend("Scope", []review.Try{try(1, time.Minute, 2*time.Minute, review.Cold), try(3, 5*time.Minute, 2*time.Minute, review.Repeated), try(2, 0, 0, review.Repeated)}, 4*time.Minute)
	if row.First != "25 %" || row.Last != "50 %" || row.Best != "75 %" || row.Tries != "3" {
		t.Errorf("%+v", row)
	}
	if row.Line != "6,27 120,13 234,20" || !row.Dots[0].Cold || row.Dots[1].Cold {
		t.Errorf("line %s, dots %+v", row.Line, row.Dots)
	}
	if row.Time != "3:00 of 2:00" || row.Budget != 498 || row.Used != 498 || row.Over != 249 {
		t.Errorf("%+v", row) // what has no time is left out of the mean
	}
	many := make([]review.Try, 100)
	for i := range many {
		many[i] = try(4, 0, 0, review.Cold)
	}
	if row := newTrend("Scope", many, 0); len(row.Dots) != mostTries || row.Tries != "100" || row.Time != "" {
		t.Errorf("%d dots of 100 tries, time %q", len(row.Dots), row.Time)
	}
}

func TestOverviewHTML(t *testing.T) {
	const evil = `"><script>alert(1)</script>` + "\x1b"
	e := review.Entry{ID: "20260302T100000Z-a", Label: evil, Mode: evil, Level: evil, At: day("2026-03-02"), Finished: true, Graded: true, Score: .5, Took: time.Minute}
	left := review.Entry{ID: "20260301T100000Z-b", Label: "b", At: day("2026-03-01"), Step: 2, Steps: 6}
	bad := try(1, time.Minute, 0, review.Cold)
	bad.Track, bad.Phase, bad.Marks = evil, evil, []review.Mark{{Criterion: evil, Title: evil, Possible: 4}}
	var b strings.Builder
	o := Overview{Entries: []review.Entry{e, left}, Tries: []review.Try{bad}, Page: func(id string) string { return id + ".html" }, In: time.Local}
	if err := OverviewHTML(&b, &o); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{PageMark, "2 sessions, 1 minute of practice", `href="20260302T100000Z-a.html"`, "<td>50 %</td>", "<td>left at step 2 of 6</td>", "0 of 4"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(got, "<script") || strings.Contains(got, "\x1b") {
		t.Error("a label is part of the page")
	}
	if n := strings.Count(got, "&lt;script&gt;"); n < 8 {
		t.Errorf("the labels are shown %d times", n)
	}
}
