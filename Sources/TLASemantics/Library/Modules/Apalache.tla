------------------------------ MODULE Apalache ------------------------------
(* What the symbolic checker Apalache adds to the language, as an explicit-state checker reads it. Its hints mean what they are written around. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences
LOCAL INSTANCE Folds

(* In an action: `x' := e` says that this is the place which gives x its next value. *)
x := e == x = e

Skolem(e) == e
Expand(S) == S
ConstCardinality(e) == e

Guess(S) == CHOOSE x \in S : TRUE

(* A value of the type that is inferred for the place, with at most `size` elements: no finite set holds these. *)
Gen(size) == CHOOSE x : TRUE

MkSeq(N, F(_)) == [i \in 1..N |-> F(i)]

(* The function that a set of pairs describes. *)
SetAsFun(S) ==
  [x \in {pair[1] : pair \in S} |-> (CHOOSE pair \in S : pair[1] = x)[2]]

FunAsSeq(fn, length, maxLength) == [i \in 1..length |-> fn[i]]

Repeat(F(_, _), N, x) ==
  LET step[i \in 0..N] == IF i = 0 THEN x ELSE F(step[i - 1], i)
  IN  step[N]

ApaFoldSet(F(_, _), start, S) ==
  MapThenFoldSet(LAMBDA x, y : F(y, x), start, LAMBDA x : x,
                 LAMBDA rest : CHOOSE x \in rest : TRUE, S)

ApaFoldSeqLeft(F(_, _), start, s) ==
  LET step[i \in 0..Len(s)] == IF i = 0 THEN start ELSE F(step[i - 1], s[i])
  IN  step[Len(s)]
=============================================================================
