//go:build cgo

package bge

import (
	"fmt"
	"path/filepath"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// start guards the runtime, which is a library of the process: it is loaded by
// the first Open and stays. Its threads and memory belong to the sessions.
var start sync.Mutex

// ortSession runs the model with one thread a text.
type ortSession struct{ s *ort.DynamicAdvancedSession }

func openSession(dir string) (session, error) {
	start.Lock()
	defer start.Unlock()
	if !ort.IsInitialized() {
		path, err := filepath.Abs(filepath.Join(dir, library()))
		if err != nil {
			return nil, fmt.Errorf("find ONNX Runtime: %w", err)
		}
		ort.SetSharedLibraryPath(path)
		if err := ort.InitializeEnvironment(ort.WithLogLevelError()); err != nil {
			return nil, fmt.Errorf("%w: load ONNX Runtime from %s: %w", ErrAbsent, path, err)
		}
	}
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, fmt.Errorf("set up ONNX Runtime: %w", err)
	}
	defer func() { _ = o.Destroy() }()
	// The arena keeps the memory of the longest text for ever; plain allocation
	// costs nothing measurable beside the arithmetic.
	for _, set := range []func() error{
		func() error { return o.SetIntraOpNumThreads(1) },
		func() error { return o.SetInterOpNumThreads(1) },
		func() error { return o.SetCpuMemArena(false) },
		func() error { return o.SetMemPattern(false) },
	} {
		if err := set(); err != nil {
			return nil, fmt.Errorf("set up ONNX Runtime: %w", err)
		}
	}
	s, err := ort.NewDynamicAdvancedSession(filepath.Join(dir, "model.onnx"),
		[]string{"input_ids", "attention_mask", "token_type_ids"}, []string{"last_hidden_state"}, o)
	if err != nil {
		return nil, fmt.Errorf("load embedding model: %w", err)
	}
	return ortSession{s}, nil
}

func (o ortSession) run(ids []int64) ([]float32, error) {
	mask := make([]int64, len(ids))
	for i := range mask {
		mask[i] = 1
	}
	shape := ort.NewShape(1, int64(len(ids)))
	inputs := make([]ort.Value, 0, 3)
	defer func() {
		for _, v := range inputs {
			_ = v.Destroy()
		}
	}()
	for _, data := range [][]int64{ids, mask, make([]int64, len(ids))} {
		t, err := ort.NewTensor(shape, data)
		if err != nil {
			return nil, fmt.Errorf("make input: %w", err)
		}
		inputs = append(inputs, t)
	}
	out, err := ort.NewEmptyTensor[float32](ort.NewShape(1, int64(len(ids)), dims))
	if err != nil {
		return nil, fmt.Errorf("make output: %w", err)
	}
	defer func() { _ = out.Destroy() }()
	if err := o.s.Run(inputs, []ort.Value{out}); err != nil {
		return nil, fmt.Errorf("run model: %w", err)
	}
	return append([]float32(nil), out.GetData()[:dims]...), nil
}

func (o ortSession) close() error { return o.s.Destroy() }
