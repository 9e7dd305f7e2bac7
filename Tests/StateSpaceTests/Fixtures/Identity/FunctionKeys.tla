------------------------- MODULE FunctionKeys -------------------------
\* Functions whose domain is a changing set of permuted values, and functions with sets and pairs of them as keys.
EXTENDS Naturals, TLC, FiniteSets
CONSTANT K
VARIABLES table, links
Init == table = <<>> /\ links = [s \in {{k} : k \in K} |-> 0]
Put(k) == k \notin DOMAIN table /\ table' = (k :> Cardinality(DOMAIN table)) @@ table /\ UNCHANGED links
Link(k) == k \in DOMAIN table /\ links[{k}] = 0 /\ links' = [links EXCEPT ![{k}] = table[k] + 1] /\ UNCHANGED table
Next == \E k \in K : Put(k) \/ Link(k)
Sym == Permutations(K)
Ok == \A k \in K : links[{k}] <= 3
=======================================================================
