------------------------------ MODULE Libraries -----------------------------
(* What the operators of the community's modules and of Bags give for small arguments. *)
EXTENDS Integers, Sequences, FiniteSets, TLC, Bags, BagsExt, Bitwise, FiniteSetsExt, Folds, Functions, Graphs, Relation, SequencesExt

Pair(x, y) == <<x, y>>
Big(n) == n > 1
S == {1, 2, 3}
Squares == [n \in S |-> n * n]
Divides == [x, y \in 1..6 |-> y % x = 0]
Below == [x, y \in S |-> x < y]
Next1 == [x, y \in 1..4 |-> y = x + 1]
Twice == (1 :> 2 @@ 2 :> 1)
Chain == [node |-> 1..4, edge |-> {<<1, 2>>, <<2, 3>>, <<4, 3>>}]
Ring == [node |-> S, edge |-> {<<1, 2>>, <<2, 3>>, <<3, 1>>}]

ASSUME Folding ==
  /\ MapThenFoldSet(Pair, 0, LAMBDA n : n * n, LAMBDA s : CHOOSE x \in s : \A y \in s : x >= y, S) = <<9, <<4, <<1, 0>>>>>>
  /\ FoldSet(LAMBDA x, y : x + y, 10, S) = 16
  /\ ReduceSet(LAMBDA x, y : x * y, S, 2) = 12
  /\ FoldFunction(LAMBDA x, y : x + y, 0, Squares) = 14
  /\ FoldFunctionOnSet(LAMBDA x, y : x + y, 0, Squares, {1, 3}) = 10
  /\ FoldLeft(Pair, 0, <<3, 1, 2>>) = <<<<<<0, 3>>, 1>>, 2>>
  /\ FoldRight(Pair, <<3, 1, 2>>, 0) = <<3, <<1, <<2, 0>>>>>>
  /\ FoldSeq(LAMBDA x, y : {x} \cup y, {}, <<1, 2, 1>>) = {1, 2}
  /\ FoldLeftDomain(Pair, 0, <<"a", "b">>) = <<<<0, 1>>, 2>>
  /\ FoldRightDomain(Pair, <<"a", "b">>, 0) = <<1, <<2, 0>>>>
  /\ FoldBag(LAMBDA x, y : x + y, 0, 3 :> 2 @@ 5 :> 1) = 11

ASSUME Sets ==
  /\ SumSet(S) = 6
  /\ ProductSet({2, 3, 4}) = 24
  /\ MapThenSumSet(LAMBDA n : n * n, S) = 14
  /\ FlattenSet({{1}, {2, 3}}) = S
  /\ SymDiff({1, 2}, {2, 3}) = {1, 3}
  /\ Quantify(S, Big) = 2
  /\ kSubset(2, S) = {{1, 2}, {1, 3}, {2, 3}}
  /\ kSubset(0, S) = {{}} /\ kSubset(4, S) = {}
  /\ Max(S) = 3 /\ Min(S) = 1
  /\ Choices({{1, 2}, {3}}) = {{1, 3}, {2, 3}}
  /\ ChooseUnique(S, LAMBDA n : n > 2) = 3

ASSUME OfFunctions ==
  /\ Range(Squares) = {1, 4, 9}
  /\ Restrict(Squares, {1, 2}) = <<1, 4>>
  /\ RestrictDomain(Squares, Big) = (2 :> 4 @@ 3 :> 9)
  /\ RestrictValues(Squares, LAMBDA n : n < 9) = <<1, 4>>
  /\ IsRestriction(<<1, 4>>, Squares) /\ ~IsRestriction(<<1, 5>>, Squares)
  /\ Pointwise(<<1, 2>>, <<3, 4>>, LAMBDA x, y : x + y) = <<4, 6>>
  /\ Inverse(Squares, S, {1, 9}) = (1 :> 1 @@ 9 :> 3)
  /\ AntiFunction(Twice) = <<2, 1>>
  /\ IsInjective(<<1, 2>>) /\ ~IsInjective(<<1, 1>>)
  /\ Injection({1}, {3, 4}) = {<<3>>, <<4>>}
  /\ Surjection({1, 2}, {3}) = {<<3, 3>>}
  /\ Bijection({1, 2}, {3, 4}) = {<<3, 4>>, <<4, 3>>}
  /\ ExistsInjection({1}, {1, 2}) /\ ~ExistsSurjection({1}, {1, 2}) /\ ~ExistsBijection({1}, {1, 2})
  /\ SumFunction(Squares) = 14 /\ SumFunctionOnSet(Squares, {2}) = 4

ASSUME OfBags ==
  /\ IsABag(3 :> 2) /\ ~IsABag(3 :> 0)
  /\ BagToSet(3 :> 2) = {3} /\ SetToBag({3}) = 3 :> 1
  /\ BagIn(3, 3 :> 2) /\ ~BagIn(2, EmptyBag)
  /\ (3 :> 2) (+) (3 :> 1 @@ 4 :> 1) = (3 :> 3 @@ 4 :> 1)
  /\ (3 :> 2 @@ 4 :> 1) (-) (3 :> 1 @@ 4 :> 5) = 3 :> 1
  /\ 3 :> 1 \sqsubseteq (3 :> 2) /\ ~(3 :> 3 \sqsubseteq (3 :> 2))
  /\ BagUnion({3 :> 2, 3 :> 1, 4 :> 1}) = (3 :> 3 @@ 4 :> 1)
  /\ BagCardinality(3 :> 2 @@ 4 :> 5) = 7
  /\ CopiesIn(3, 3 :> 2) = 2 /\ CopiesIn(4, 3 :> 2) = 0
  /\ BagOfAll(LAMBDA n : n % 2, 3 :> 2 @@ 4 :> 1 @@ 5 :> 1) = (0 :> 1 @@ 1 :> 3)
  /\ SubBag("a" :> 2 @@ "b" :> 1)
       = {EmptyBag, "a" :> 1, "a" :> 2, "b" :> 1, "a" :> 1 @@ "b" :> 1, "a" :> 2 @@ "b" :> 1}
  /\ BagAdd(3 :> 1, 3) = 3 :> 2 /\ BagAdd(EmptyBag, 3) = 3 :> 1
  /\ BagRemove(3 :> 2, 3) = 3 :> 1 /\ BagRemove(3 :> 1, 3) = EmptyBag /\ BagRemove(3 :> 1, 4) = 3 :> 1
  /\ BagRemoveAll(3 :> 2, 3) = EmptyBag
  /\ SumBag(3 :> 2 @@ 5 :> 1) = 11 /\ ProductBag(3 :> 2 @@ 5 :> 1) = 45

ASSUME Bits ==
  /\ 12 & 10 = 8 /\ 12 | 10 = 14 /\ 12 ^^ 10 = 6
  /\ 0 & 5 = 0 /\ 0 | 5 = 5 /\ 5 ^^ 5 = 0
  /\ Not(5) = 2 /\ Not(0) = 0
  /\ shiftR(13, 2) = 3 /\ shiftR(13, 0) = 13

ASSUME Relations ==
  /\ IsReflexive(Divides, 1..6) /\ IsAntiSymmetric(Divides, 1..6) /\ IsTransitive(Divides, 1..6)
  /\ IsPartiallyOrdered(Divides, 1..6) /\ ~IsTotallyOrdered(Divides, 1..6) /\ ~IsSymmetric(Divides, 1..6)
  /\ IsStrictlyTotallyOrdered(Below, S) /\ IsIrreflexive(Below, S) /\ IsAsymmetric(Below, S)
  /\ IsStrictlyPartiallyOrdered(Below, S)
  /\ IsTotallyOrderedUnder(<=, S) /\ IsStrictlyTotallyOrderedUnder(<, S) /\ IsReflexiveUnder(=, S)
  /\ ~IsTransitiveUnder(#, S) /\ IsSymmetricUnder(#, S) /\ IsIrreflexiveUnder(#, S)
  /\ IsAsymmetricUnder(<, S) /\ IsAntiSymmetricUnder(<=, S) /\ IsPartiallyOrderedUnder(<=, S)
  /\ IsStrictlyPartiallyOrderedUnder(<, S)
  /\ \A x, y \in 1..4 : TransitiveClosure(Next1, 1..4)[x, y] = (x < y)
  /\ \A x, y \in 1..4 : ReflexiveTransitiveClosure(Next1, 1..4)[x, y] = (x <= y)
  /\ ~IsConnected(Next1, 1..4) /\ IsConnected([x, y \in S |-> x # y], S)

ASSUME OfGraphs ==
  /\ IsDirectedGraph(Chain) /\ ~IsUndirectedGraph(Chain) /\ IsUndirectedGraph(EmptyGraph)
  /\ Cardinality(DirectedSubgraph(Ring)) = 18 /\ EmptyGraph \in UndirectedSubgraph(Ring)
  /\ Transpose(Ring).edge = {<<2, 1>>, <<3, 2>>, <<1, 3>>}
  /\ \A m, n \in S : ConnectionsIn(Ring)[m, n]
  /\ GraphUnion(Ring, Chain).node = 1..4
  /\ IsBipartiteWithPartitions(Chain, {1, 3}, {2, 4}) /\ ~IsBipartiteWithPartitions(Ring, {1, 2}, {3})
  /\ HasCycle(Ring) /\ ~HasCycle(Chain) /\ IsDag(Chain)
  /\ Successors(Chain, 1) = {2} /\ Predecessors(Chain, 3) = {2, 4}
  /\ AllSuccessors(Chain, {1, 2}) = {2, 3} /\ AllPredecessors(Chain, {2, 3}) = {1, 2, 4}
  /\ Ancestors(Chain, 3) = {1, 2, 4} /\ Descendants(Chain, 1) = {2, 3}
  /\ InDegree(Chain, 3) = 2 /\ OutDegree(Chain, 3) = 0
  /\ Roots(Chain) = {1, 4} /\ Leaves(Chain) = {3}
  /\ Cardinality(Graphs({1, 2})) = 16

(* TLC evaluates these as they are meant with the Java classes of the community's library only. *)
ASSUME WithJava ==
  /\ SelectInSubSeq(<<1, 2, 3>>, 2, 3, Big) = 2 /\ SelectLastInSubSeq(<<1, 2, 3>>, 1, 2, Big) = 2
  /\ AllSubSeqs(<<1, 2, 3>>) = {<<>>, <<1>>, <<2>>, <<3>>, <<1, 2>>, <<1, 3>>, <<2, 3>>, <<1, 2, 3>>}
  /\ <<1, 2, 3>> \in SimplePath(Chain) /\ Cardinality(SimplePath(Ring)) = 9 /\ Cardinality(SimplePath(Chain)) = 8
  /\ AreConnectedIn(1, 3, Chain) /\ ~AreConnectedIn(3, 1, Chain)
  /\ IsStronglyConnected(Ring) /\ ~IsStronglyConnected(Chain)
  /\ IsTreeWithRoot(Chain, 3) /\ ~IsTreeWithRoot(Ring, 1)

ASSUME OfSequences ==
  /\ ToSet(<<1, 2, 1>>) = {1, 2} /\ ToBag(<<1, 2, 1>>) = (1 :> 2 @@ 2 :> 1)
  /\ SetToSeq({3, 1, 2}) = <<1, 2, 3>> /\ SetToSeq({}) = <<>>
  /\ SetToSeqs({1, 2}) = {<<1, 2>>, <<2, 1>>} /\ SetToSeqs({}) = {<<>>}
  /\ SetToSortSeq({3, 1, 2}, >) = <<3, 2, 1>>
  /\ SetToAllKPermutations({1, 2}) = {<<>>, <<1>>, <<2>>, <<1, 2>>, <<2, 1>>}
  /\ TupleOf({1}, 2) = {<<1, 1>>} /\ SeqOf({1}, 2) = {<<>>, <<1>>, <<1, 1>>} /\ BoundedSeq({1}, 1) = {<<>>, <<1>>}
  /\ Contains(<<1, 2>>, 2) /\ ~Contains(<<>>, 2)
  /\ SelectInSeq(<<1, 2, 3>>, Big) = 2 /\ SelectInSeq(<<1>>, Big) = 0 /\ SelectLastInSeq(<<1, 2, 3, 0>>, Big) = 3
  /\ Reverse(<<1, 2, 3>>) = <<3, 2, 1>> /\ Cons(1, <<2>>) = <<1, 2>> /\ Snoc(1, <<2>>) = <<2, 1>>
  /\ Front(<<1, 2, 3>>) = <<1, 2>> /\ Last(<<1, 2>>) = 2
  /\ InsertAt(<<1, 2>>, 2, 9) = <<1, 9, 2>> /\ ReplaceAt(<<1, 2>>, 2, 9) = <<1, 9>> /\ RemoveAt(<<1, 2, 3>>, 2) = <<1, 3>>
  /\ Remove(<<1, 2, 1>>, 1) = <<2>> /\ ReplaceAll(<<1, 2, 1>>, 1, 9) = <<9, 2, 9>>
  /\ RemoveFirst(<<1, 2, 1>>, 1) = <<2, 1>> /\ RemoveFirst(<<2>>, 1) = <<2>>
  /\ RemoveFirstMatch(<<1, 2, 3>>, Big) = <<1, 3>>
  /\ SeqMod(4, 4) = 4 /\ SeqMod(5, 4) = 1
  /\ IsPrefix(<<1>>, <<1, 2>>) /\ IsPrefix(<<>>, <<>>) /\ ~IsStrictPrefix(<<1>>, <<1>>) /\ ~IsPrefix(<<2>>, <<1, 2>>)
  /\ IsSuffix(<<2>>, <<1, 2>>) /\ IsStrictSuffix(<<2>>, <<1, 2>>) /\ ~IsSuffix(<<1>>, <<1, 2>>)
  /\ Prefixes(<<1, 2>>) = {<<>>, <<1>>, <<1, 2>>} /\ Suffixes(<<1, 2>>) = {<<>>, <<2>>, <<1, 2>>}
  /\ CommonPrefixes({<<1, 2>>, <<1, 3>>}) = {<<>>, <<1>>} /\ LongestCommonPrefix({<<1, 2>>, <<1, 3>>}) = <<1>>
  /\ FlattenSeq(<<<<1, 2>>, <<>>, <<3>>>>) = <<1, 2, 3>> /\ FlattenSeq(<<>>) = <<>>
  /\ Zip(<<1, 2>>, <<3>>) = <<<<1, 3>>>> /\ Interleave(<<1, 2>>, <<3, 4>>) = <<<<1>>, <<3>>, <<2>>, <<4>>>>
  /\ Interleave(<<>>, <<>>) = <<<<>>, <<>>>>
  /\ SubSeqs(<<1, 2>>) = {<<>>, <<1>>, <<2>>, <<1, 2>>}
  /\ IndexFirstSubSeq(<<2>>, <<1, 2, 2>>) = 2 /\ ReplaceSubSeqAt(2, <<9, 8>>, <<2>>, <<1, 2, 3>>) = <<1, 9, 8, 3>>
  /\ ReplaceFirstSubSeq(<<9>>, <<2>>, <<1, 2, 2>>) = <<1, 9, 2>> /\ ReplaceFirstSubSeq(<<9>>, <<4>>, <<1>>) = <<1>>
  /\ ReplaceAllSubSeqs(<<9>>, <<2>>, <<1, 2, 2>>) = <<1, 9, 9>> /\ ReplaceAllSubSeqs(<<9>>, <<>>, <<1, 2>>) = <<9, 1, 9, 2>>
  /\ ReplaceAllSubSeqs(<<9>>, <<1, 1>>, <<1, 1, 1>>) = <<9, 1>>

VARIABLE bag
Init == bag = EmptyBag
Next == BagCardinality(bag) < 3 /\ \E x \in 1..2 : bag' = bag (+) SetToBag({x})
=============================================================================
