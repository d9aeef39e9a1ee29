// Command faketelegram emulates the Bot API on an address and serves a small
// chat page, so that the Telegram bot can be tried without Telegram:
//
//	go run ./internal/faketelegram/cmd/faketelegram -addr 127.0.0.1:8081 -token 1:test
//	TANXU_TELEGRAM_TOKEN=1:test TANXU_TELEGRAM_API=http://127.0.0.1:8081 make up
package main

import (
	_ "embed"
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"strconv"
	"time"

	"tanxu/internal/faketelegram"
)

//go:embed chat.html
var page []byte

func main() {
	addr := flag.String("addr", "127.0.0.1:8081", "address to serve on")
	token := flag.String("token", "1:test", "token of the bot")
	flag.Parse()
	tg := faketelegram.New(*token)
	mux := http.NewServeMux()
	mux.Handle("/bot"+*token+"/", tg)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if _, err := w.Write(page); err != nil {
			log.Print(err)
		}
	})
	mux.HandleFunc("GET /chat/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
		if err := json.NewEncoder(w).Encode(tg.Sent(id)); err != nil {
			log.Print(err)
		}
	})
	mux.HandleFunc("POST /chat/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
		if data := r.FormValue("press"); data != "" {
			message, _ := strconv.Atoi(r.FormValue("message"))
			tg.Press(id, message, data)
			return
		}
		tg.Say(id, "zh-hans", r.FormValue("text"))
	})
	log.Printf("Bot API of %s at http://%s, chat page at http://%s/", *token, *addr, *addr)
	server := &http.Server{Addr: *addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}
