--------------------------- MODULE SequencesExt ----------------------------
EXTENDS Sequences, Naturals, FiniteSets, FiniteSetsExt, Folds, Functions, Bags, TLC
(* Sequences: to and from sets, places in them, folds, parts. *)

(* From and to sets *)

ToSet(s) == {s[i] : i \in DOMAIN s}
ToBag(s) == [x \in ToSet(s) |-> Cardinality({i \in DOMAIN s : s[i] = x})]

SetToSeq(S) ==
  LET RECURSIVE From(_)
      From(rest) ==
        IF rest = {} THEN <<>> ELSE LET x == CHOOSE e \in rest : TRUE IN <<x>> \o From(rest \ {x})
  IN  From(S)

SetToSeqs(S) ==
  LET RECURSIVE Orders(_)
      Orders(rest) == IF rest = {} THEN {<<>>} ELSE UNION {{<<x>> \o s : s \in Orders(rest \ {x})} : x \in rest}
  IN  Orders(S)

SetToSortSeq(S, op(_, _)) == SortSeq(SetToSeq(S), op)
SetToAllKPermutations(S) == UNION {SetToSeqs(part) : part \in SUBSET S}

TupleOf(set, n) == [1..n -> set]
SeqOf(set, n) == UNION {[1..m -> set] : m \in 0..n}
BoundedSeq(S, n) == SeqOf(S, n)

(* Places and elements *)

Contains(s, e) == \E i \in DOMAIN s : s[i] = e
IsSorted(s, op(_, _)) == \A i \in DOMAIN s : \A j \in (i + 1)..Len(s) : op(s[i], s[j])

LOCAL Least(S) == CHOOSE i \in S : \A j \in S : i <= j
LOCAL Greatest(S) == CHOOSE i \in S : \A j \in S : i >= j
LOCAL Places(s, Test(_)) == {i \in DOMAIN s : Test(s[i])}

SelectInSeq(seq, Test(_)) == LET at == Places(seq, Test) IN IF at = {} THEN 0 ELSE Least(at)
SelectLastInSeq(seq, Test(_)) == LET at == Places(seq, Test) IN IF at = {} THEN 0 ELSE Greatest(at)

(* Places in seq, as TLC's Java classes count them; the definitions of the library count from the beginning of the part. *)
SelectInSubSeq(seq, from, to, Test(_)) == LET at == {i \in from..to : Test(seq[i])} IN IF at = {} THEN 0 ELSE Least(at)
SelectLastInSubSeq(seq, from, to, Test(_)) == LET at == {i \in from..to : Test(seq[i])} IN IF at = {} THEN 0 ELSE Greatest(at)

Reverse(s) == [i \in 1..Len(s) |-> s[Len(s) + 1 - i]]
Cons(elt, seq) == <<elt>> \o seq
Snoc(elt, seq) == Append(seq, elt)
Front(s) == SubSeq(s, 1, Len(s) - 1)
Last(s) == s[Len(s)]

InsertAt(s, i, e) == Append(SubSeq(s, 1, i - 1), e) \o SubSeq(s, i, Len(s))
ReplaceAt(s, i, e) == [s EXCEPT ![i] = e]
RemoveAt(s, i) == SubSeq(s, 1, i - 1) \o SubSeq(s, i + 1, Len(s))

Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)
ReplaceAll(s, old, new) == [i \in 1..Len(s) |-> IF s[i] = old THEN new ELSE s[i]]
RemoveFirstMatch(s, Test(_)) == LET i == SelectInSeq(s, Test) IN IF i = 0 THEN s ELSE RemoveAt(s, i)
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)

SeqMod(a, b) == LET rest == a % b IN IF rest = 0 THEN b ELSE rest

(* Beginnings and ends *)

IsPrefix(s, t) == Len(s) <= Len(t) /\ \A i \in 1..Len(s) : s[i] = t[i]
IsStrictPrefix(s, t) == Len(s) < Len(t) /\ IsPrefix(s, t)
IsSuffix(s, t) == Len(s) <= Len(t) /\ \A i \in 1..Len(s) : s[i] = t[Len(t) - Len(s) + i]
IsStrictSuffix(s, t) == Len(s) < Len(t) /\ IsSuffix(s, t)

Prefixes(s) == {SubSeq(s, 1, n) : n \in 0..Len(s)}
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1..(Len(s) + 1)}
CommonPrefixes(S) == {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}
LongestCommonPrefix(S) ==
  LET common == CommonPrefixes(S) IN CHOOSE p \in common : \A q \in common : Len(q) <= Len(p)

(* Folds *)

FoldLeft(op(_, _), base, seq) ==
  LET RECURSIVE Upto(_)
      Upto(i) == IF i = 0 THEN base ELSE op(Upto(i - 1), seq[i])
  IN  Upto(Len(seq))

FoldRight(op(_, _), seq, base) ==
  LET RECURSIVE From(_)
      From(i) == IF i > Len(seq) THEN base ELSE op(seq[i], From(i + 1))
  IN  From(1)

FoldSeq(op(_, _), base, seq) ==
  MapThenFoldSet(op, base, LAMBDA i : seq[i], LAMBDA rest : CHOOSE i \in rest : TRUE, DOMAIN seq)
FoldLeftDomain(op(_, _), base, seq) == FoldLeft(op, base, [i \in DOMAIN seq |-> i])
FoldRightDomain(op(_, _), seq, base) == FoldRight(op, [i \in DOMAIN seq |-> i], base)

FlattenSeq(seqs) ==
  IF Len(seqs) = 0 THEN seqs ELSE FoldLeft(LAMBDA s, t : s \o t, seqs[1], Tail(seqs))

Zip(s, t) == [i \in 1..(IF Len(s) < Len(t) THEN Len(s) ELSE Len(t)) |-> <<s[i], t[i]>>]
Interleave(s, t) ==
  CASE Len(s) = Len(t) /\ s # <<>> ->
         [i \in 1..(2 * Len(s)) |-> IF i % 2 = 1 THEN <<s[(i + 1) \div 2]>> ELSE <<t[i \div 2]>>]
    [] s = <<>> /\ t = <<>> -> <<<<>>, <<>>>>

(* Parts *)

SubSeqs(s) == {SubSeq(s, i, j) : i \in 1..(Len(s) + 1), j \in 0..Len(s)}

AllSubSeqs(s) ==
  LET RECURSIVE Of(_)
      Of(n) == IF n = 0 THEN {<<>>} ELSE LET shorter == Of(n - 1) IN shorter \cup {Append(p, s[n]) : p \in shorter}
  IN  Of(Len(s))

LOCAL StartsAt(s, t, i) == \A j \in 1..Len(s) : t[i + j - 1] = s[j]

(* Where s begins in t. *)
LOCAL Starts(s, t) == {i \in 1..(Len(t) - Len(s) + 1) : StartsAt(s, t, i)}

(* Where s, which is in t, begins for the first time. *)
IndexFirstSubSeq(s, t) == Least(Starts(s, t))

ReplaceSubSeqAt(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))
ReplaceFirstSubSeq(r, s, t) ==
  IF Starts(s, t) = {} THEN t ELSE ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t)

(* From the left, each s that does not overlap the one before it; an empty s is in front of every element. *)
ReplaceAllSubSeqs(r, s, t) ==
  LET RECURSIVE In(_)
      In(rest) ==
        LET i == IndexFirstSubSeq(s, rest)
        IN  IF Starts(s, rest) = {} THEN rest
            ELSE SubSeq(rest, 1, i - 1) \o r \o In(SubSeq(rest, i + Len(s), Len(rest)))
  IN  CASE s = t -> r
        [] s # t /\ s = <<>> -> FlattenSeq([i \in DOMAIN t |-> Append(r, t[i])])
        [] OTHER -> In(t)
=============================================================================
