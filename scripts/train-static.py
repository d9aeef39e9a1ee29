#!/usr/bin/env python3
"""Train the table of embeddings/static: one vector for each n-gram of Chinese.

  scripts/train-static.py train --corpus DIR --out embeddings/static/table.bin
  scripts/train-static.py vectors --table embeddings/static/table.bin \\
      --texts embeddings/static/testdata/texts.txt --out embeddings/static/testdata/vectors.json

DIR holds corpus.jsonl.gz (a paper a line: id, title, abstract, keywords),
csl_titles.tsv.gz (title, class) and paragraphs.tsv.gz (id of a paper,
paragraph); NOTICE says where they come from. Needs numpy and scipy, some minutes
and 4 GB. The seed fixes the order of all data, but the sums of floats may
differ in their last bits between machines: the table is committed with its
sum, and a new one is judged by `tanxu eval match`.

The features of a text are the 1-, 2- and 3-grams of each run of Han characters
and the Latin tokens between them, as embeddings/static counts them too: change
both or neither, and write the reference vectors anew. The vectors are trained
so that the title or the keywords of a paper come to lie next to its abstract,
its sentences and paragraphs, and away from those of the other papers.
"""
import argparse, collections, gzip, json, os, re, struct, time

import numpy as np

SHORT_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
LOWER = {c: c + 32 for c in range(ord('A'), ord('Z') + 1)}
FOLD = {c: LOWER.get(to, to) for c, to in (SHORT_WIDTH | LOWER).items()}
LATIN = re.compile(r'[a-z][a-z0-9.+-]*')
SENTENCE_END = re.compile(r'[。;!?]|(?<=[\u4e00-\u9fff])\.')
KEPT = (3500, 36000, 13000, 3500)  # unigrams, bigrams, trigrams, Latin tokens
CHUNK = 20000  # texts counted at a time


def fold(text):
    """Half width, and lower case of the ASCII letters."""
    return text.translate(FOLD)


def codes(texts):
    """The code points of all texts in a row, and which text each is of."""
    lengths = np.array([len(t) + 1 for t in texts])
    points = np.frombuffer(('\n'.join(texts) + '\n').encode('utf-32-le'), dtype=np.uint32)
    return points.astype(np.int64), np.repeat(np.arange(len(texts), dtype=np.int64), lengths)


def grams(points, n):
    """Keys, 16 bits a character, and places of the n-grams inside runs of Han."""
    han = (points >= 0x4E00) & (points <= 0x9FFF)
    inside, keys = han.copy(), points.copy()
    for i in range(1, n):
        inside[:-i] &= han[i:]
        inside[-i:] = False
        following = np.zeros_like(points)
        following[:-i] = points[i:]
        keys = keys * 65536 + following
    at = np.flatnonzero(inside)
    return keys[at], at


def vocabulary(texts):
    """The n-grams and tokens that stand in most texts."""
    han = []
    for n, top in zip((1, 2, 3), KEPT):
        seen, counts = [], []
        for i in range(0, len(texts), CHUNK):
            points, of = codes(texts[i:i + CHUNK])
            keys, at = grams(points, n)
            u, c = np.unique(np.unique(keys << 15 | of[at]) >> 15, return_counts=True)
            if n == 3:  # most stand in one text only and need not be remembered
                u, c = u[c >= 2], c[c >= 2]
            seen.append(u)
            counts.append(c)
        u, place = np.unique(np.concatenate(seen), return_inverse=True)
        total = np.bincount(place, weights=np.concatenate(counts))
        han.append(np.sort(u[np.argsort(-total, kind='stable')[:top]]))
    tokens = collections.Counter()
    for t in texts:
        tokens.update(sorted(set(LATIN.findall(t))))
    return han, [w for w, _ in tokens.most_common() if len(w) >= 2][:KEPT[3]]


def bags(han, latin, texts):
    """One row a text, one column a feature, 1 + ln(count) where it stands."""
    import scipy.sparse as sp
    offset = np.cumsum([0] + [len(k) for k in han])
    column = {w: int(offset[3]) + i for i, w in enumerate(latin)}
    width, parts = int(offset[3]) + len(latin), []
    for i in range(0, len(texts), CHUNK):
        part = texts[i:i + CHUNK]
        points, of = codes(part)
        rows, columns = [], []
        for n, known in zip((1, 2, 3), han):
            keys, at = grams(points, n)
            j = np.searchsorted(known, keys)
            j[j == len(known)] = 0
            hit = known[j] == keys
            columns.append(j[hit] + offset[n - 1])
            rows.append(of[at[hit]])
        pairs = [(a, column[w]) for a, t in enumerate(part) for w in LATIN.findall(t) if w in column]
        if pairs:
            rows.append(np.array([a for a, _ in pairs]))
            columns.append(np.array([b for _, b in pairs]))
        rows, columns = np.concatenate(rows), np.concatenate(columns)
        parts.append(sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(part), width)))
    x = sp.vstack(parts).tocsr()
    x.sum_duplicates()
    x.data = (1 + np.log(x.data)).astype(np.float32)
    return x


def load(folder):
    def read(name):
        return gzip.open(os.path.join(folder, name), 'rt', encoding='utf8')
    papers = [json.loads(line) for line in read('corpus.jsonl.gz')]
    for p in papers:
        p['title'], p['abstract'] = fold(p.get('title', '')), fold(p.get('abstract', ''))
        p['keywords'] = [fold(k) for k in p.get('keywords', [])]
    titles = [fold(line.rstrip('\n').split('\t')[0]) for line in read('csl_titles.tsv.gz')]
    paragraphs = [line.rstrip('\n').split('\t', 1) for line in read('paragraphs.tsv.gz')]
    return papers, titles, [(i, fold(p)) for i, p in paragraphs]


def pieces(papers, paragraphs):
    """All texts to learn from, and for each paper its short and long ones."""
    texts, short, long = [], [[] for _ in papers], [[] for _ in papers]

    def add(to, text):
        to.append(len(texts))
        texts.append(text)
    at = {p['id']: i for i, p in enumerate(papers)}
    for i, p in enumerate(papers):
        if p['title']:
            add(short[i], p['title'])
        if len(p['keywords']) >= 2:
            add(short[i], '、'.join(p['keywords']))
        if p['abstract']:
            add(long[i], p['abstract'])
            for s in SENTENCE_END.split(p['abstract']):
                if len(s) >= 15:
                    add(long[i], s)
    for i, paragraph in paragraphs:
        add(long[at[i]], paragraph)
    return texts, short, long


def pair(rng, short, long):
    """Two texts of one paper."""
    u = rng.random()
    if u < .2 and len(short) > 1:
        return short[0], short[1]
    if u < .85 and long:
        return short[rng.integers(len(short))], long[rng.integers(len(long))]
    if len(long) > 1:
        i, j = rng.choice(len(long), 2, replace=False)
        return long[i], long[j]
    return short[0], (short + long)[-1]


def sample(rng, x, rows, drop, cap):
    """The bags of rows without a random share of their features."""
    import scipy.sparse as sp
    columns, weights, offset = [], [], [0]
    for r in rows:
        span = slice(x.indptr[r], x.indptr[r + 1])
        c, w = x.indices[span], x.data[span]
        keep = rng.random(len(c)) >= drop
        if keep.sum() < 3:
            keep[:] = True
        c, w = c[keep], w[keep]
        if len(c) > cap:
            some = rng.permutation(len(c))[:cap]
            c, w = c[some], w[some]
        columns.append(c)
        weights.append(w)
        offset.append(offset[-1] + len(c))
    return sp.csr_matrix((np.concatenate(weights), np.concatenate(columns), np.array(offset)), shape=(len(rows), x.shape[1]))


def normalised(v):
    length = np.linalg.norm(v, axis=1, keepdims=True)
    length[length == 0] = 1
    return v / length, length


def contrast(e, temperature):
    """Symmetric InfoNCE of the two halves of e, each row against all rows of
    the other half: the loss, the share ranked first, and the gradient of e."""
    n = len(e) // 2
    scores = e[:n] @ e[n:].T / temperature
    loss, gradient = 0., np.zeros_like(scores)
    for s, g in ((scores, gradient), (scores.T, gradient.T)):
        p = np.exp(s - s.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        loss -= np.log(np.diag(p)).mean() / 2
        g += (p - np.eye(n, dtype=p.dtype)) / (2 * n)
    gradient /= temperature
    first = (scores.argmax(1) == np.arange(n)).mean()
    return loss, first, np.vstack([gradient @ e[n:], gradient.T @ e[:n]])


class Adam:
    def __init__(self, table):
        self.table, self.mean, self.square, self.steps = table, np.zeros_like(table), np.zeros_like(table), 0

    def step(self, gradient, rate):
        self.steps += 1
        size = rate / (1 - .9 ** self.steps)
        correction = 1 / np.sqrt(1 - .999 ** self.steps)
        for i in range(0, len(self.table), 1000):  # so that a part stays in the cache
            part = slice(i, i + 1000)
            g, m, v = gradient[part], self.mean[part], self.square[part]
            m *= np.float32(.9)
            m += np.float32(.1) * g
            v *= np.float32(.999)
            v += np.float32(.001) * g * g
            self.table[part] -= np.float32(size) * m / (np.float32(correction) * np.sqrt(v) + np.float32(1e-8))


def fit(a, x, short, long, say):
    """The table that brings the texts of one paper together, by Adam."""
    import scipy.sparse as sp
    rng = np.random.default_rng(a.seed)
    idf = np.log(1 + x.shape[0] / (1 + x.getnnz(0))).astype(np.float32)
    table = idf[:, None] * rng.standard_normal((x.shape[1], a.dims)).astype(np.float32)
    table *= np.float32(.05 / np.sqrt((table ** 2).mean()))
    adam = Adam(table)
    papers = np.array([i for i in range(len(short)) if short[i] and len(short[i]) + len(long[i]) >= 2])
    left = papers[:0]
    for step in range(a.steps):
        if len(left) < a.batch:
            left = rng.permutation(papers)
        batch, left = left[:a.batch], left[a.batch:]
        # One pair a paper, so that no other row of the batch is of the same.
        pairs = [pair(rng, short[i], long[i]) for i in batch]
        m = sp.vstack([sample(rng, x, side, a.drop, a.cap) for side in zip(*pairs)]).tocsr()
        e, length = normalised(m @ table)
        loss, first, g = contrast(e, np.float32(a.temperature))
        g = (g - e * (g * e).sum(1, keepdims=True)) / length  # back through the norm
        adam.step(m.T.tocsr() @ g, a.rate * (1 - step / a.steps) * min(1, (step + 1) / 20))
        if step % 50 == 0 or step == a.steps - 1:
            say(f'step {step}: loss {loss:.3f}, first {first:.3f}')
    return table


def spelled(key):
    out = ''
    while key:
        out = chr(key & 65535) + out
        key >>= 16
    return out


def write(path, han, latin, table):
    """Little-endian: dims, four counts, bytes of names; names, scales, rows."""
    scale = np.abs(table).max(1) / 127
    scale[scale == 0] = 1
    rows = np.round(table / scale[:, None]).clip(-127, 127).astype(np.int8)
    names = '\n'.join([spelled(int(k)) for keys in han for k in keys] + latin).encode()
    with open(path, 'wb') as f:
        f.write(struct.pack('<6I', table.shape[1], *(len(k) for k in han), len(latin), len(names)))
        f.write(names)
        f.write(scale.astype('<f4').tobytes())
        f.write(rows.tobytes())


def read(path):
    with open(path, 'rb') as f:
        dims, *counts, size = struct.unpack('<6I', f.read(24))
        names = f.read(size).decode().split('\n')
        scale = np.frombuffer(f.read(4 * len(names)), '<f4')
        rows = np.frombuffer(f.read(), np.int8).reshape(len(names), dims)
    han, at = [], 0
    for n in counts[:3]:
        keys = [sum(ord(c) << 16 * i for i, c in enumerate(reversed(w))) for w in names[at:at + n]]
        han.append(np.array(keys, np.int64))
        at += n
    return han, names[at:], rows * scale[:, None]


def train(a):
    begun = time.time()

    def say(text):
        print(f'{time.time() - begun:5.0f} s  {text}', flush=True)
    papers, titles, paragraphs = load(a.corpus)
    whole = [p['title'] + '。' + p['abstract'] + '。' + '、'.join(p['keywords']) for p in papers]
    han, latin = vocabulary(whole + titles + [p for _, p in paragraphs])
    say(f'vocabulary of {[len(k) for k in han]} n-grams and {len(latin)} tokens')
    texts, short, long = pieces(papers, paragraphs)
    x = bags(han, latin, texts)
    say(f'{x.shape[0]} texts with {x.nnz} features')
    write(a.out, han, latin, fit(a, x, short, long, say))


def vectors(a):
    han, latin, table = read(a.table)
    with open(a.texts, encoding='utf8') as f:
        texts = [line.rstrip('\n') for line in f]
    v, _ = normalised(bags(han, latin, [fold(t) for t in texts]) @ table)
    with open(a.out, 'w', encoding='utf8') as f:
        json.dump([[round(float(c), 5) for c in row] for row in v], f, separators=(',', ':'))
        f.write('\n')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    t = sub.add_parser('train')
    t.add_argument('--corpus', required=True)
    t.add_argument('--out', required=True)
    for name, value in dict(dims=256, steps=600, batch=1024, rate=4e-3, temperature=.06, drop=.25, cap=160, seed=0).items():
        t.add_argument('--' + name, type=type(value), default=value)
    t.set_defaults(do=train)
    v = sub.add_parser('vectors')
    for name in ('table', 'texts', 'out'):
        v.add_argument('--' + name, required=True)
    v.set_defaults(do=vectors)
    a = ap.parse_args()
    a.do(a)


if __name__ == '__main__':
    main()
