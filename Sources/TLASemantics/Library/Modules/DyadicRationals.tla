--------------------------- MODULE DyadicRationals ---------------------------
(* Fractions whose denominator is a power of two: records of num and den. *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE FiniteSetsExt
LOCAL INSTANCE TLC

LOCAL Fraction(num, den) == [num |-> num, den |-> den]

RECURSIVE Reduce(_)
LOCAL Reduce(p) ==
  IF p.den % 2 = 0 /\ p.num % 2 = 0 /\ p.num # 0 THEN Reduce(Fraction(p.num \div 2, p.den \div 2)) ELSE p

IsDyadicRational(r) == \E i \in 0..r.den : 2 ^ i = r.den

Zero == Fraction(0, 1)
One == Fraction(1, 1)

Add(p, q) ==
  IF p = Zero THEN q
  ELSE LET den == Max({p.den, q.den})
       IN  Reduce(Fraction(p.num * (den \div p.den) + q.num * (den \div q.den), den))

Half(p) == Reduce(Fraction(p.num, p.den * 2))

PrettyPrint(p) ==
  IF p = Zero THEN "0" ELSE IF p = One THEN "1" ELSE ToString(p.num) \o "/" \o ToString(p.den)
=============================================================================
