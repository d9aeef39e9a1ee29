package postgres_test

import (
	"context"
	"testing"
	"time"
)

func TestNotifyReachesOtherReplicas(t *testing.T) {
	t.Parallel()
	s, other := twoStores(t)
	a := write(t, s, "chat", "m1", "你好")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- other.Listen(ctx) }()

	all, cancelAll := other.Subscribe("")
	defer cancelAll()
	signals, cancel := other.Subscribe(a.Conversation)
	defer cancel()
	wait(t, signals) // the listener wakes everybody when it has connected
	wait(t, all)
	s.Notify(t.Context(), a.Conversation)
	wait(t, signals)
	wait(t, all)

	stop()
	if err := <-done; err != nil {
		t.Errorf("Listen = %v", err)
	}
}

func TestNotifyReachesOwnSubscribersAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, b := write(t, s, "a", "m1", "你好"), write(t, s, "b", "m2", "你好")
	signals, cancel := s.Subscribe(a.Conversation)
	others, cancelOthers := s.Subscribe(b.Conversation)
	defer cancelOthers()
	s.Notify(t.Context(), a.Conversation)
	s.Notify(t.Context(), a.Conversation) // nobody has read the first: nothing blocks
	wait(t, signals)
	select {
	case <-others:
		t.Error("another conversation was woken")
	default:
	}
	cancel()
	s.Notify(t.Context(), a.Conversation)
	select {
	case <-signals:
		t.Error("a signal after the end of the subscription")
	default:
	}
}

func wait(t *testing.T, signals <-chan struct{}) {
	t.Helper()
	select {
	case <-signals:
	case <-time.After(20 * time.Second):
		t.Fatal("no signal")
	}
}
