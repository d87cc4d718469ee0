package lexicon

import (
	"math"
	"testing"
)

func TestQuantities(t *testing.T) {
	for _, c := range []struct {
		text    string
		measure Measure
		value   float64
		period  float64
	}{
		{"100M creates/month", Count, 1e8, month},
		{"about 40 writes/s", Rate, 40, 1},
		{"40/s", Rate, 40, 1},
		{"4k rps", Rate, 4000, 1},
		{"QPS of 4000", Rate, 4000, 1},
		{"12,000 requests per second", Rate, 12000, 1},
		{"ten million users", Count, 1e7, 0},
		{"1.5 billion links", Count, 1.5e9, 0},
		{"p99 < 200ms", Time, .2, 0},
		{"200 ms", Time, .2, 0},
		{"5 minutes", Time, 300, 0},
		{"99.99%", Percent, 99.99, 0},
		{"99.9 percent", Percent, 99.9, 0},
		{"four nines", Percent, 99.99, 0},
		{"10:1", Ratio, 10, 0},
		{"1:100", Ratio, 100, 0},
		{"100x", Ratio, 100, 0},
		{"500 bytes", Bytes, 500, 0},
		{"2.5 TB", Bytes, 2.5e12, 0},
		{"5 Mbps", Bitrate, 5e6, 0},
		{"10 MB/s", Bitrate, 8e7, 0},
		{"62^7", Count, math.Pow(62, 7), 0},
		{"62⁷", Count, math.Pow(62, 7), 0},
		{"10**9", Count, 1e9, 0},
		{"1e9", Count, 1e9, 0},
		{"5-10 ms", Time, .01, 0},
		{"100 million URLs per day", Count, 1e8, day},
		{"60 requests a minute", Rate, 1, minute},
		{"7 characters", Count, 7, 0},
		{"100K", Count, 1e5, 0},
	} {
		text := Read(c.text, nil)
		q := text.Quantities(0, len(text.Tokens), nil)
		if len(q) != 1 {
			t.Errorf("%q: %d quantities %+v", c.text, len(q), q)
			continue
		}
		if q[0].Measure != c.measure || math.Abs(q[0].Value/c.value-1) > 1e-9 || q[0].Period != c.period {
			t.Errorf("%q: %+v, want measure %d value %g period %g", c.text, q[0], c.measure, c.value, c.period)
		}
	}
}

func TestSums(t *testing.T) {
	for text, want := range map[string][]bool{
		"100M creates/month ≈ 40 writes/s":                           {true},
		"100M creates/month ≈ 4000 writes/s":                         {false},
		"about 40 writes/s":                                          nil,
		"500M links * 500 bytes = 250 GB":                            {true},
		"500M links * 500B = 250 GB":                                 {true},
		"100M users * ~200B = 20GB":                                  {true},
		"100M * 200 B = 20GB":                                        {true},
		"100M per month ~ 40/s":                                      {true},
		"50k/s per shard safe -> 200k x 1.2 rules = 240k/s /8 = 30k": {true, true},
		"10k ids / (40/s over 4 boxes = 10/s)":                       {true},
		"500M links * 500B = 2.5 PB":                                 {false},
		"10M x ~5 entries x 200 B = 10 GB":                           {true},
		"10M x ~5 entries x 200 B = 10 TB":                           {false},
		"2^41 / (1000 x 3600 x 24 x 365) = 69.7":                     {true},
		"2^41 / (1000 x 3600 x 24 x 365) = 697":                      {false},
		"100M / (30 * 86400) = 38 per second":                        {true},
		"EC 1.5x: 150 PB/y = 7500 x 20 TB":                           {true},
		"100M / 86400 = 1157 per second":                             {true},
		"100M/30/86400 = 38":                                         {true},
		"62^7 = 3.5 trillion":                                        {true},
		"1M DAU * 10 req/day = 10M/day → 115/s":                      {true, true},
		"100M per month * 12 * 5 = 6B":                               {true},
		"100M per month x 5 years = 6B rows":                         {true},
		"10,000 clicks a second at peak and about 200 million a day": nil,
		"160 TB / 7500 disks = 40 min at 10 MB/s each":               nil,
		"86M/day / 86400 = 1000 writes/s at 500 bytes":               {true},
		"p99 = 200 ms":                                               nil,
		"20B x 200B = 4TB/day":                                       {true},
		"100B x 500 B = 50 TB/y":                                     {true},
		"10M x 17.5k = 175B x 6 B = 1 TB":                            {true, true},
		"10M x 17.5k = 17B x 6 B = 1 TB":                             {false, false},
		"50 GB/day ≈ 18 TB/y":                                        {true},
		"50 GB/day ≈ 180 TB/y":                                       {false},
		"200 TB/month -> 2.4 PB/year":                                {true},
		"60k seats x 2 bit = 15 KB":                                  {true},
		"7k writes + 14k x 2 reads ≈ 36k ops/s":                      {true},
		"7k writes + 14k x 2 reads ≈ 96k ops/s":                      {false},
		"300M DAU, 10 opens/day = 3B/day / 86400 ≈ 35k/s":            {true},
		"greedy 4+1+1 = 3 coins":                                     nil,
		"10 GB + 5 GB = 15 GB":                                       {true},
		"100M urls/day / 86400 ~ 1200 writes/sec, 100:1 read":        {true},
	} {
		tx := Read(text, nil)
		qs := tx.Quantities(0, len(tx.Tokens), nil)
		got := tx.Sums(qs, nil)
		if len(got) != len(want) {
			t.Errorf("%q: %+v from %+v, want %v", text, got, qs, want)
			continue
		}
		for i := range got {
			if got[i].Right != want[i] {
				t.Errorf("%q: sum %d right = %v, quantities %+v", text, i, got[i].Right, qs)
			}
		}
	}
}
