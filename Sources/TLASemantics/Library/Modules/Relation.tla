----------------------------- MODULE Relation ------------------------------
EXTENDS Naturals, FiniteSets
(* Relations over a set: functions of two arguments to BOOLEAN, or operators (…Under). *)

LOCAL Table(op(_, _), S) == [x, y \in S |-> op(x, y)]

IsReflexive(R, S) == \A x \in S : R[x, x]
IsIrreflexive(R, S) == \A x \in S : ~R[x, x]
IsSymmetric(R, S) == \A x, y \in S : R[x, y] = R[y, x]
IsAntiSymmetric(R, S) == \A x, y \in S : x # y => ~(R[x, y] /\ R[y, x])
IsAsymmetric(R, S) == \A x, y \in S : R[x, y] => ~R[y, x]
IsTransitive(R, S) == \A x, y \in S : R[x, y] => \A z \in S : R[y, z] => R[x, z]

IsPartiallyOrdered(R, S) == IsReflexive(R, S) /\ IsAntiSymmetric(R, S) /\ IsTransitive(R, S)
IsStrictlyPartiallyOrdered(R, S) == IsIrreflexive(R, S) /\ IsAntiSymmetric(R, S) /\ IsTransitive(R, S)
IsTotallyOrdered(R, S) == IsPartiallyOrdered(R, S) /\ \A x, y \in S : R[x, y] \/ R[y, x]
IsStrictlyTotallyOrdered(R, S) ==
  IsStrictlyPartiallyOrdered(R, S) /\ \A x, y \in S : x = y \/ R[x, y] \/ R[y, x]

IsReflexiveUnder(op(_, _), S) == IsReflexive(Table(op, S), S)
IsIrreflexiveUnder(op(_, _), S) == IsIrreflexive(Table(op, S), S)
IsSymmetricUnder(op(_, _), S) == IsSymmetric(Table(op, S), S)
IsAntiSymmetricUnder(op(_, _), S) == IsAntiSymmetric(Table(op, S), S)
IsAsymmetricUnder(op(_, _), S) == IsAsymmetric(Table(op, S), S)
IsTransitiveUnder(op(_, _), S) == IsTransitive(Table(op, S), S)
IsPartiallyOrderedUnder(op(_, _), S) == IsPartiallyOrdered(Table(op, S), S)
IsStrictlyPartiallyOrderedUnder(op(_, _), S) == IsStrictlyPartiallyOrdered(Table(op, S), S)
IsTotallyOrderedUnder(op(_, _), S) == IsTotallyOrdered(Table(op, S), S)
IsStrictlyTotallyOrderedUnder(op(_, _), S) == IsStrictlyTotallyOrdered(Table(op, S), S)

(* Warshall, "A theorem on Boolean matrices" (1962): one element after the other is allowed on the way. *)
TransitiveClosure(R, S) ==
  LET RECURSIVE Through(_)
      Through(inner) ==
        IF inner = {} THEN [x, y \in S |-> R[x, y]]
        ELSE LET z == CHOOSE e \in inner : TRUE
                 known == Through(inner \ {z})
             IN  [x, y \in S |-> known[x, y] \/ (known[x, z] /\ known[z, y])]
  IN  Through(S)

ReflexiveTransitiveClosure(R, S) ==
  LET closure == TransitiveClosure(R, S) IN [x, y \in S |-> x = y \/ closure[x, y]]

IsConnected(R, S) ==
  LET closure == TransitiveClosure(R, S) IN \A x, y \in S : x = y \/ closure[x, y]
=============================================================================
