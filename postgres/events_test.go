package postgres_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"tanxu/need"
	"tanxu/postgres"
)

// golden is an event as databases hold it. If the test below fails, rows that
// are there already can no longer be read: keep the names.
const golden = `{"kind":"value_set","at":"2026-11-23T08:00:00Z","by":"contact","need":"n","message":"m","key":"budget",` +
	`"item":{"Value":{"Text":"","Money":{"Min":50,"Max":100,"Unit":"万元"},"Deadline":{"ISO":"P12M","Text":"一年"}},` +
	`"Evidence":[{"Ref":"message:m","Start":1,"End":3,"Quote":"五十"}]},` +
	`"row":{"ID":"i1","Name":"导电率","Op":"≥","Current":null,"Target":{"Text":"80","Num":80,"Num2":null},"Unit":"%IACS",` +
	`"Condition":"20 ℃","Method":"","Priority":"must","Status":"filled","To":"","CurrentStatus":"","Evidence":null,` +
	`"Checks":{"Rule":true,"Aligned":false,"Agree":false},"Past":null},` +
	`"route":{"Kind":"finance","Why":"贷款","Evidence":null},"status":"vague","source":"contact",` +
	`"checks":{"Rule":true,"Aligned":true,"Agree":false},"probe":true,"to":"王工","note":"备注"}`

func TestEventsAreStoredAsBefore(t *testing.T) {
	t.Parallel()
	e, err := postgres.DecodeEvent([]byte(golden))
	must(t, err)
	body, err := postgres.EncodeEvent(e)
	must(t, err)
	if string(body) != golden {
		t.Errorf("stored as\n%s\nwant\n%s", body, golden)
	}
	if e.Item.Value.Money.Max != 100 || e.Row.Target.Num != 80 || !e.Checks.Aligned || e.Route.Kind != need.RouteFinance {
		t.Errorf("read as %+v", e)
	}
}

// What an event has got since, a row of before does not have: it reads as empty.
func TestEventsOfBeforeAreRead(t *testing.T) {
	t.Parallel()
	want, err := postgres.DecodeEvent([]byte(golden))
	must(t, err)
	for _, since := range []string{`"CurrentStatus":"",`} {
		before := strings.Replace(golden, since, "", 1)
		if before == golden {
			t.Fatalf("%s is no part of an event", since)
		}
		if e, err := postgres.DecodeEvent([]byte(before)); err != nil || !reflect.DeepEqual(e, want) {
			t.Errorf("without %s: read as %+v, %v", since, e, err)
		}
	}
}

func TestSmallEventsAreSmall(t *testing.T) {
	t.Parallel()
	e := need.Event{Kind: need.Consented, At: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), By: need.Contact}
	body, err := postgres.EncodeEvent(e)
	must(t, err)
	if got, want := string(body), `{"kind":"consented","at":"2026-11-23T08:00:00Z","by":"contact"}`; got != want {
		t.Errorf("stored as %s, want %s", got, want)
	}
	back, err := postgres.DecodeEvent([]byte(`{"kind":"consented","at":"2026-11-23T08:00:00Z","by":"contact","later":1}`))
	if err != nil || !reflect.DeepEqual(back, e) {
		t.Errorf("with a part of a newer binary: %+v, %v", back, err)
	}
}

func FuzzDecodeEvent(f *testing.F) {
	f.Add([]byte(golden))
	f.Add([]byte(`{"kind":"consented","at":"2026-11-23T08:00:00Z","by":"contact"}`))
	f.Add([]byte(`{"kind":1}`))
	f.Add([]byte(`{"at":"0000-00-00T00:00:00Z","item":{"Value":null}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := postgres.DecodeEvent(body)
		if err != nil {
			return
		}
		stored, err := postgres.EncodeEvent(e)
		if err != nil {
			return // a year that JSON has no form for
		}
		back, err := postgres.DecodeEvent(stored)
		if err != nil {
			t.Fatalf("%s was stored as %s, which cannot be read: %v", body, stored, err)
		}
		again, err := postgres.EncodeEvent(back)
		if err != nil || string(again) != string(stored) {
			t.Errorf("%s became %s, %v", stored, again, err)
		}
	})
}
