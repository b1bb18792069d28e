;; Skips nested JSON. skip-nested.ts holds it assembled, and its test says when that is out of date.
(module
  (memory (export "memory") 9)
  ;; The end of the object or list that starts at $at, or -1 where it is not complete before $end.
  ;; Sixteen bytes at a time: as bits, which are quotes, backslashes, opening and closing brackets.
  (func (export "skip") (param $at i32) (param $end i32) (result i32)
    (local $block v128) (local $folded v128)
    (local $quotes i32) (local $escapes i32) (local $opens i32) (local $closes i32)
    (local $inside i32) (local $valid i32) (local $depth i32) (local $bit i32)
    ;; All ones where the block before ended within a string, and one where it ended with a backslash that counts.
    (local $string i32) (local $escaped i32)
    (loop $blocks
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const -1))))
      (local.set $block (v128.load (local.get $at)))
      (local.set $folded (v128.or (local.get $block) (i8x16.splat (i32.const 0x20))))
      (local.set $quotes (i8x16.bitmask (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x22)))))
      (local.set $escapes (i8x16.bitmask (i8x16.eq (local.get $block) (i8x16.splat (i32.const 0x5c)))))
      (local.set $opens (i8x16.bitmask (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7b)))))
      (local.set $closes (i8x16.bitmask (i8x16.eq (local.get $folded) (i8x16.splat (i32.const 0x7d)))))
      ;; What is behind the end does not count.
      (if (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 16)) (then
        (local.set $valid (i32.sub (i32.shl (i32.const 1) (i32.sub (local.get $end) (local.get $at))) (i32.const 1)))
        (local.set $quotes (i32.and (local.get $quotes) (local.get $valid)))
        (local.set $opens (i32.and (local.get $opens) (local.get $valid)))
        (local.set $closes (i32.and (local.get $closes) (local.get $valid)))))
      ;; A quote behind a backslash that counts is none, and a backslash behind one does not count.
      (if (i32.or (local.get $escapes) (local.get $escaped)) (then
        (if (local.get $escaped) (then
          (local.set $quotes (i32.and (local.get $quotes) (i32.const -2)))
          (local.set $escapes (i32.and (local.get $escapes) (i32.const -2)))))
        (local.set $escaped (i32.const 0))
        (block $done (loop $next
          (br_if $done (i32.eqz (local.get $escapes)))
          ;; The lowest backslash, moved to the byte behind it.
          (local.set $bit (i32.shl (i32.and (local.get $escapes) (i32.sub (i32.const 0) (local.get $escapes))) (i32.const 1)))
          (local.set $escapes (i32.and (local.get $escapes) (i32.sub (local.get $escapes) (i32.const 1))))
          (local.set $escapes (i32.and (local.get $escapes) (i32.xor (local.get $bit) (i32.const -1))))
          (local.set $quotes (i32.and (local.get $quotes) (i32.xor (local.get $bit) (i32.const -1))))
          (local.set $escaped (i32.shr_u (local.get $bit) (i32.const 16)))
          (br $next)))))
      ;; Each quote turns all bits from itself on: what is left are the bytes within strings.
      (local.set $inside (i32.xor (local.get $quotes) (i32.shl (local.get $quotes) (i32.const 1))))
      (local.set $inside (i32.xor (local.get $inside) (i32.shl (local.get $inside) (i32.const 2))))
      (local.set $inside (i32.xor (local.get $inside) (i32.shl (local.get $inside) (i32.const 4))))
      (local.set $inside (i32.xor (local.get $inside) (i32.shl (local.get $inside) (i32.const 8))))
      (local.set $inside (i32.xor (local.get $inside) (local.get $string)))
      ;; The bit of the last byte, spread over all.
      (local.set $string (i32.shr_s (i32.shl (local.get $inside) (i32.const 16)) (i32.const 31)))
      (local.set $opens (i32.and (local.get $opens) (i32.xor (local.get $inside) (i32.const -1))))
      (local.set $closes (i32.and (local.get $closes) (i32.xor (local.get $inside) (i32.const -1))))
      ;; Where the last bracket may close here, they are taken one by one.
      (if (i32.ge_s (i32.popcnt (local.get $closes)) (local.get $depth)) (then
        (block $none (loop $brackets
          (local.set $bit (i32.or (local.get $opens) (local.get $closes)))
          (br_if $none (i32.eqz (local.get $bit)))
          (local.set $bit (i32.and (local.get $bit) (i32.sub (i32.const 0) (local.get $bit))))
          (if (i32.and (local.get $opens) (local.get $bit))
            (then (local.set $depth (i32.add (local.get $depth) (i32.const 1))))
            (else
              (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
              (if (i32.eqz (local.get $depth)) (then
                (return (i32.add (i32.add (local.get $at) (i32.ctz (local.get $bit))) (i32.const 1)))))))
          (local.set $opens (i32.and (local.get $opens) (i32.xor (local.get $bit) (i32.const -1))))
          (local.set $closes (i32.and (local.get $closes) (i32.xor (local.get $bit) (i32.const -1))))
          (br $brackets))))
        (else
          (local.set $depth (i32.add (local.get $depth)
            (i32.sub (i32.popcnt (local.get $opens)) (i32.popcnt (local.get $closes)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $blocks))
    (unreachable))
)
