package main

import (
	"cmp"
	"fmt"
	"io"
	"net/netip"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"tanxu/need"
	"tanxu/rerank"
)

const envPrefix = "TANXU_"

// config is all that can be set. Each key is an environment variable
// TANXU_<KEY>, or a lower-case key of the YAML file that TANXU_CONFIG names.
// A secret may also be given by a file: TANXU_<KEY>_FILE.
type config struct {
	Addr        string        `koanf:"addr" help:"address to serve on"`
	DatabaseURL string        `koanf:"database_url" help:"PostgreSQL with pgvector; also read from DATABASE_URL; empty: a private one is started (up) or it is an error (serve)" secret:"true"`
	State       string        `koanf:"state" help:"folder of the private database and the models"`
	Demo        bool          `koanf:"demo" help:"load the demo centre once and allow its sign-in, and webhooks to this machine"`
	Dev         bool          `koanf:"dev" help:"allow a superuser's DATABASE_URL, and webhooks to this machine"`
	Centre      string        `koanf:"centre" help:"path of the centre that chats without an invitation belong to"`
	BaseURL     string        `koanf:"base_url" help:"address under which people reach the service, for links"`
	Timezone    string        `koanf:"timezone" help:"zone in which dates are read and shown"`
	LogLevel    string        `koanf:"log_level" help:"debug, info, warn or error; empty: info, and warn for up"`
	Workers     int           `koanf:"workers" help:"turns that one process runs at a time"`
	DrainTime   time.Duration `koanf:"drain_time" help:"how long a stop waits for running turns"`

	LLMBaseURL     string        `koanf:"llm_base_url" help:"OpenAI-compatible endpoint of the language model; empty: rules only"`
	LLMAPIKey      string        `koanf:"llm_api_key" help:"its key" secret:"true"`
	LLMModel       string        `koanf:"llm_model" help:"its model"`
	LLMPhrase      bool          `koanf:"llm_phrase" help:"let the model rewrite questions (linted)"`
	LLMSecond      float64       `koanf:"llm_second" help:"temperature of a second reading of numbers that the rules do not confirm; 0: none"`
	LLMVendor      string        `koanf:"llm_vendor" help:"preset of the endpoint (vllm, llamacpp …); empty: found by its address"`
	LLMTimeout     time.Duration `koanf:"llm_timeout" help:"time for one try of a model call"`
	LLMPatience    time.Duration `koanf:"llm_patience" help:"how long a turn waits for the model before it goes on by rules"`
	LLMPriceIn     float64       `koanf:"llm_price_in" help:"yuan for a million prompt tokens"`
	LLMPriceOut    float64       `koanf:"llm_price_out" help:"yuan for a million completion tokens"`
	LLMDailyBudget float64       `koanf:"llm_daily_budget" help:"yuan a day; 0: no limit"`

	TranscribeModel   string `koanf:"transcribe_model" help:"model that writes down voice notes; empty: they are kept, not heard"`
	TranscribeBaseURL string `koanf:"transcribe_base_url" help:"its OpenAI-compatible endpoint; empty: the language model's, with its key"`
	TranscribeAPIKey  string `koanf:"transcribe_api_key" help:"key of transcribe_base_url" secret:"true"`

	VisionModel   string `koanf:"vision_model" help:"model that reads photos; it is tried by a picture first; empty: they are kept, not read"`
	VisionBaseURL string `koanf:"vision_base_url" help:"its OpenAI-compatible endpoint; empty: the language model's, with its key"`
	VisionAPIKey  string `koanf:"vision_api_key" help:"key of vision_base_url" secret:"true"`

	Embedder     string `koanf:"embedder" help:"auto, bge, static or lexical; auto: the endpoint below, else bge where it was fetched, else the table in the binary"`
	EmbedBaseURL string `koanf:"embed_base_url" help:"OpenAI-compatible endpoint for vectors"`
	EmbedAPIKey  string `koanf:"embed_api_key" help:"its key" secret:"true"`
	EmbedModel   string `koanf:"embed_model" help:"its model"`
	EmbedDims    int    `koanf:"embed_dims" help:"dimensions to ask for; 0: the model's own"`
	EmbedderNext string `koanf:"embedder_next" help:"bge, static or endpoint: vectors of the library are made by it too, and it takes over in all replicas once they are complete"`
	Models       string `koanf:"models" help:"folder of the embedding model; empty: models under the state folder"`

	RerankBaseURL string        `koanf:"rerank_base_url" help:"endpoint that reads the best hits closely, up to its version or the whole address; empty: none"`
	RerankAPIKey  string        `koanf:"rerank_api_key" help:"its key" secret:"true"`
	RerankModel   string        `koanf:"rerank_model" help:"its model; empty for TEI"`
	RerankShape   string        `koanf:"rerank_shape" help:"jina (Cohere, SiliconFlow, vLLM too), tei or dashscope; empty: found by address and model"`
	RerankTimeout time.Duration `koanf:"rerank_timeout" help:"how long a search waits for it; then its order stays as it was"`

	NextByMatch bool `koanf:"next_by_match" help:"prefer questions whose answers would tell the best achievements apart"`

	OIDCIssuer   string `koanf:"oidc_issuer" help:"OpenID Connect provider that people may sign in by; empty: none"`
	OIDCClientID string `koanf:"oidc_client_id" help:"as what the provider knows this service"`
	OIDCSecret   string `koanf:"oidc_secret" help:"the client's secret" secret:"true"`
	OIDCName     string `koanf:"oidc_name" help:"what the button on the sign-in page says"`

	WebhookAllow string `koanf:"webhook_allow" help:"addresses of this machine's own network that webhooks may reach too, such as 169.254.7.0/24, with commas between"`

	TelegramToken  string `koanf:"telegram_token" help:"bot token; empty: no Telegram" secret:"true"`
	TelegramAPI    string `koanf:"telegram_api" help:"address of a local Bot API server"`
	TelegramMode   string `koanf:"telegram_mode" help:"poll or webhook"`
	TelegramSecret string `koanf:"telegram_secret" help:"secret token of the webhook" secret:"true"`
}

func defaults() config {
	return config{
		Addr: "127.0.0.1:8080", State: ".local", Centre: "jx/", Timezone: "Asia/Shanghai",
		Workers: 16, DrainTime: 25 * time.Second, Embedder: "auto", TelegramMode: "poll",
		OIDCName:   "单位统一登录",
		LLMTimeout: 20 * time.Second, LLMPatience: 6 * time.Second, RerankTimeout: 3 * time.Second,
	}
}

// loadConfig reads the file, then the environment over it. An unknown key, an
// unreadable value or file is an error that names it.
func loadConfig(environ []string) (config, error) {
	c := defaults()
	k := koanf.New(".")
	vars := map[string]string{}
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		vars[name] = value
	}
	if path := vars[envPrefix+"CONFIG"]; path != "" {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return c, fmt.Errorf("read %sCONFIG: %w", envPrefix, err)
		}
	}
	err := k.Load(env.Provider(".", env.Opt{
		Prefix:        envPrefix,
		EnvironFunc:   func() []string { return environ },
		TransformFunc: func(key, v string) (string, any) { return envKey(key), v },
	}), nil)
	if err != nil {
		return c, fmt.Errorf("read the environment: %w", err)
	}
	if err := readSecretFiles(k); err != nil {
		return c, err
	}
	err = k.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		TagName: "koanf", ErrorUnused: true, WeaklyTypedInput: true,
		DecodeHook: mapstructure.StringToTimeDurationHookFunc(),
	}})
	if err != nil {
		return c, fmt.Errorf("configuration (tanxu help-config lists the keys): %w", err)
	}
	c.DatabaseURL = cmp.Or(c.DatabaseURL, vars["DATABASE_URL"])
	c.Models = cmp.Or(c.Models, c.State+"/models")
	c.BaseURL = cmp.Or(strings.TrimRight(c.BaseURL, "/"), "http://"+c.Addr)
	return c, c.check()
}

// envKey turns TANXU_LLM_MODEL into llm_model. TANXU_CONFIG is not a key of its own.
func envKey(name string) string {
	if name == envPrefix+"CONFIG" {
		return ""
	}
	return strings.ToLower(strings.TrimPrefix(name, envPrefix))
}

// readSecretFiles replaces each KEY_FILE of a secret by KEY with the file's text.
func readSecretFiles(k *koanf.Koanf) error {
	for _, f := range keys() {
		name := f.name + "_file"
		if !f.secret || !k.Exists(name) {
			continue
		}
		text, err := os.ReadFile(k.String(name))
		if err != nil {
			return fmt.Errorf("read %s%s: %w", envPrefix, strings.ToUpper(name), err)
		}
		k.Delete(name)
		if err := k.Set(f.name, strings.TrimSpace(string(text))); err != nil {
			return fmt.Errorf("set %s: %w", f.name, err)
		}
	}
	return nil
}

func (c config) check() error {
	if (c.LLMBaseURL == "") != (c.LLMModel == "") {
		return fmt.Errorf("TANXU_LLM_BASE_URL and TANXU_LLM_MODEL go together")
	}
	if c.TranscribeModel == "" && c.TranscribeBaseURL != "" || c.TranscribeModel != "" && c.TranscribeBaseURL == "" && c.LLMBaseURL == "" {
		return fmt.Errorf("TANXU_TRANSCRIBE_MODEL goes with TANXU_TRANSCRIBE_BASE_URL or TANXU_LLM_BASE_URL")
	}
	if c.VisionModel == "" && c.VisionBaseURL != "" || c.VisionModel != "" && c.VisionBaseURL == "" && c.LLMBaseURL == "" {
		return fmt.Errorf("TANXU_VISION_MODEL goes with TANXU_VISION_BASE_URL or TANXU_LLM_BASE_URL")
	}
	if (c.EmbedBaseURL == "") != (c.EmbedModel == "") {
		return fmt.Errorf("TANXU_EMBED_BASE_URL and TANXU_EMBED_MODEL go together")
	}
	if !slices.Contains([]string{"auto", "bge", "static", "lexical"}, c.Embedder) {
		return fmt.Errorf("TANXU_EMBEDDER is auto, bge, static or lexical, not %q", c.Embedder)
	}
	if !slices.Contains([]string{"", "bge", "static", "endpoint"}, c.EmbedderNext) || c.EmbedderNext == "endpoint" && c.EmbedBaseURL == "" {
		return fmt.Errorf("TANXU_EMBEDDER_NEXT is bge, static or, with TANXU_EMBED_BASE_URL, endpoint, not %q", c.EmbedderNext)
	}
	if !slices.Contains(append(rerank.Shapes(), ""), rerank.Shape(c.RerankShape)) {
		return fmt.Errorf("TANXU_RERANK_SHAPE is jina, tei or dashscope, not %q", c.RerankShape)
	}
	if c.RerankBaseURL == "" && c.RerankModel+c.RerankShape+c.RerankAPIKey != "" {
		return fmt.Errorf("TANXU_RERANK_MODEL, _SHAPE and _API_KEY go with TANXU_RERANK_BASE_URL")
	}
	if (c.OIDCIssuer == "") != (c.OIDCClientID == "") {
		return fmt.Errorf("TANXU_OIDC_ISSUER and TANXU_OIDC_CLIENT_ID go together")
	}
	if _, err := c.webhookAllow(); err != nil {
		return fmt.Errorf("TANXU_WEBHOOK_ALLOW: %w", err)
	}
	if c.TelegramMode != "poll" && c.TelegramMode != "webhook" {
		return fmt.Errorf("TANXU_TELEGRAM_MODE is poll or webhook, not %q", c.TelegramMode)
	}
	if c.TelegramToken != "" && c.TelegramMode == "webhook" && c.TelegramSecret == "" {
		return fmt.Errorf("TANXU_TELEGRAM_MODE=webhook needs TANXU_TELEGRAM_SECRET")
	}
	if !need.CentrePath(c.Centre).Valid() {
		return fmt.Errorf("TANXU_CENTRE is a path such as jx/, not %q", c.Centre)
	}
	if _, err := time.LoadLocation(c.Timezone); err != nil {
		return fmt.Errorf("TANXU_TIMEZONE: %w", err)
	}
	return nil
}

// root is the province's path, under which all centres of the service lie.
func (c config) root() need.CentrePath {
	first, _, _ := strings.Cut(c.Centre, "/")
	return need.CentrePath(first + "/")
}

// webhookAllow reads the networks that webhooks may reach beside the open ones.
func (c config) webhookAllow() ([]netip.Prefix, error) {
	var list []netip.Prefix
	for part := range strings.FieldsFuncSeq(c.WebhookAllow, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("read network %q: %w", part, err)
		}
		list = append(list, p)
	}
	return list, nil
}

// plainHTTP reports whether people reach the service by plain HTTP only, as on
// the machine itself: cookies cannot be Secure there.
func (c config) plainHTTP() bool { return strings.HasPrefix(c.BaseURL, "http://") }

// key is one setting as people see it.
type key struct {
	name, help, value string
	secret            bool
}

func keys() []key {
	d := reflect.ValueOf(defaults())
	list := make([]key, d.NumField())
	for i := range list {
		f := d.Type().Field(i)
		list[i] = key{
			name: f.Tag.Get("koanf"), help: f.Tag.Get("help"),
			value: fmt.Sprint(d.Field(i).Interface()), secret: f.Tag.Get("secret") != "",
		}
	}
	return list
}

// printConfig writes one line a setting: name, default, meaning.
func printConfig(w io.Writer) {
	for _, k := range keys() {
		name := envPrefix + strings.ToUpper(k.name)
		if k.secret {
			name += "[_FILE]"
		}
		fmt.Fprintf(w, "%-32s %-16s %s\n", name, k.value, k.help)
	}
}
