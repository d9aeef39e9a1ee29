package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"tanxu/eval"
)

// The load of BenchmarkService: messages a second, for how long, over how many
// talks that all are in the middle of their interviews.
const (
	perSecond = 20
	seconds   = 20
	talks     = 40
)

// BenchmarkService measures the whole of a turn without a model, from the POST
// of a message to the answer that holds the reply, and the memory of the
// process, which has the embedding model loaded where it can be had.
func BenchmarkService(b *testing.B) {
	_, base := start(b, func(c *config) { c.Models = "../../.local/models" })
	var all []time.Duration
	for b.Loop() {
		all = append(all, load(b, base)...)
	}
	slices.Sort(all)
	at := func(q int) float64 { return float64(all[len(all)*q/100].Microseconds()) / 1000 }
	b.ReportMetric(at(50), "p50-ms")
	b.ReportMetric(at(99), "p99-ms")
	b.ReportMetric(float64(len(all)), "messages")
	b.ReportMetric(peakMB(b), "peak-MB")
}

// load sends messages at a steady rate and returns how long each turn took.
func load(b *testing.B, base string) []time.Duration {
	b.Helper()
	script := []string{
		"我们是做铜合金带材的，导电率只有76%IACS，想做到80以上", "连铸连轧车间，月产300吨",
		"抗软化温度现在450℃，要到500~550℃，按GB/T 33370测", "试过加铬锆，强度上去了导电掉得厉害", "明年六月之前吧",
		"预算不方便说", "合作研发", "知识产权共有", "不清楚，问我们王工", "没有了", "对",
	}
	open := make([]*eval.HTTPChat, talks)
	for i := range open {
		open[i] = &eval.HTTPChat{Base: base, Invite: "demo"}
		if _, err := open[i].Open(b.Context(), eval.Persona{Firm: fmt.Sprint("厂", i)}); err != nil {
			b.Fatal(err)
		}
	}
	took := make([]time.Duration, perSecond*seconds)
	var wg sync.WaitGroup
	tick := time.NewTicker(time.Second / perSecond)
	defer tick.Stop()
	for i := range took {
		<-tick.C
		wg.Go(func() {
			began := time.Now()
			if _, err := open[i%talks].Say(b.Context(), script[i/talks%len(script)]); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(began)
		})
	}
	wg.Wait()
	return took
}

// peakMB is the most memory that the process ever had resident.
func peakMB(b *testing.B) float64 {
	b.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("no /proc here:", err)
	}
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			kb, err := strconv.ParseFloat(string(bytes.Fields(rest)[0]), 64)
			if err != nil {
				b.Fatal(err)
			}
			return kb / 1024
		}
	}
	return 0
}
