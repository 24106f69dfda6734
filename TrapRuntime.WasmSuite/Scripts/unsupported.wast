;; What wabt 1.0.32 cannot read or wasm2c cannot compile is skipped by name, and everything around it runs.

(module (func (export "before") (result i32) (i32.const 1)))
(assert_return (invoke "before") (i32.const 1))

;; read by wast2json, refused by wasm2c
(module (func (export "lanes") (result i32) (i32x4.extract_lane 1 (v128.const i32x4 5 6 7 8))))
(assert_return (invoke "lanes") (i32.const 6))

;; not read at all; the name stays, so that nothing runs against the module before
(module $Later quote "(func (export \"quoted\") (result i32) (i32.const 2))")
(module $Newer (type (sub (struct (field i32)))) (func (export "after") (result i32) (i32.const 3)))
(assert_return (invoke $Newer "after") (i32.const 3))
(register "newer" $Newer)
(module (import "newer" "after" (func $f (result i32))) (func (export "borrowed") (result i32) (call $f)))
(assert_return (invoke "borrowed") (i32.const 3))

(; a comment (; in a comment ;) with "quotes" and ) in it ;)
(module (func (export "last ;; (one") (result i32) (i32.const 4)))
(assert_return (invoke "last ;; (one") (i32.const 4))
(module (memory $a 1) (memory $b 2) (func (export "pages") (result i32) (memory.size $b)))
(assert_return (invoke "pages") (i32.const 2))
(module (memory 1) (func (export "sum") (result i32) (i32.load (i32.add (i32.const 1) (i32.const 2)))) (global (export "sum of constants") i32 (i32.add (i32.const 40) (i32.const 2))))
(assert_return (get "sum of constants") (i32.const 42))
(module (func $f (export "tail") (return_call $f)))
(assert_exhaustion (invoke "tail") "call stack exhausted")
