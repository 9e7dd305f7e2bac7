------------------------------ MODULE Bitwise ------------------------------
(* Natural numbers as bits. *)
LOCAL INSTANCE Integers

(* The number whose bits are those of x and y put together by bit, from the lowest bit up. *)
LOCAL Combine(bit(_, _), x, y) ==
  LET RECURSIVE Bits(_, _)
      Bits(a, b) == IF a = 0 /\ b = 0 THEN 0 ELSE bit(a % 2, b % 2) + 2 * Bits(a \div 2, b \div 2)
  IN  Bits(x, y)

x & y == Combine(LAMBDA a, b : a * b, x, y)
x | y == Combine(LAMBDA a, b : IF a + b > 0 THEN 1 ELSE 0, x, y)
x ^^ y == Combine(LAMBDA a, b : (a + b) % 2, x, y)

(* As many bits as a has are turned over. *)
Not(a) == Combine(LAMBDA one, same : 1 - one, a, a)

RECURSIVE shiftR(_, _)
shiftR(n, pos) == IF pos = 0 THEN n ELSE shiftR(n \div 2, pos - 1)
=============================================================================
