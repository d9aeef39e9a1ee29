// Command fakeopenai serves the scripted endpoint for runs by hand.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"tanxu/internal/fakeopenai"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9100", "address to listen on")
	fault := flag.String("fault", "", "hang drip stall 429 500 503 reset error blank choices filtered refused notjson fenced thinking reasoning schema truncated huge 404 echo obey lies language endless")
	k := flag.Int("k", 0, "bytes, for truncated and huge")
	answer := flag.String("answer", "", "file with the text that the model says; empty for a minimal instance of the schema")
	flag.Parse()
	if err := serve(*addr, fakeopenai.Mode{Fault: fakeopenai.Fault(*fault), K: *k}, *answer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(addr string, mode fakeopenai.Mode, answer string) error {
	o := fakeopenai.Options{Addr: addr}
	if answer != "" {
		text, err := os.ReadFile(answer) //nolint:gosec // the operator names the file
		if err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		o.Answer = func(fakeopenai.Request) string { return string(text) }
	}
	s, err := fakeopenai.Start(o)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	defer s.Close()
	s.SetMode(mode)
	fmt.Println("READY", s.URL)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	<-ctx.Done()
	return nil
}
