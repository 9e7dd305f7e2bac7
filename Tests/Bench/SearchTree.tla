------------------------------ MODULE SearchTree ------------------------------
\* SearchTree: insertion into and deletion from a binary tree
\*
\* Keys are inserted into a search tree and deleted from it in any order. A key with two
\* children is replaced by the smallest key of its right subtree.
\*
\* Stresses: recursive operators and functions, CHOOSE with a condition, LET.

EXTENDS Naturals, FiniteSets

CONSTANTS
  Size         \* the number of keys

VARIABLES
  root,        \* the key at the top; 0 if the tree is empty
  left,        \* for each key, its left child or 0
  right,       \* for each key, its right child or 0
  keys         \* the keys that the tree should have

vars == <<root, left, right, keys>>

Keys == 1..Size
Links == 0..Size

TypeOK ==
  /\ root \in Links
  /\ left \in [Keys -> Links]
  /\ right \in [Keys -> Links]
  /\ keys \in SUBSET Keys

Init ==
  /\ root = 0
  /\ left = [k \in Keys |-> 0]
  /\ right = [k \in Keys |-> 0]
  /\ keys = {}

\* The keys of the subtree below a link.
RECURSIVE Below(_)
Below(link) == IF link = 0 THEN {} ELSE {link} \union Below(left[link]) \union Below(right[link])

\* The key under which k must be hung, in a subtree that is not empty.
RECURSIVE Place(_, _)
Place(k, link) ==
  LET child == IF k < link THEN left[link] ELSE right[link]
  IN  IF child = 0 THEN link ELSE Place(k, child)

Insert(k) ==
  /\ k \notin keys
  /\ keys' = keys \union {k}
  /\ IF root = 0
     THEN root' = k /\ UNCHANGED <<left, right>>
     ELSE LET parent == Place(k, root)
          IN  /\ IF k < parent
                 THEN left' = [left EXCEPT ![parent] = k] /\ UNCHANGED right
                 ELSE right' = [right EXCEPT ![parent] = k] /\ UNCHANGED left
              /\ UNCHANGED root

Smallest(S) == CHOOSE k \in S : \A other \in S : k <= other

\* The links with `new` in place of `old`.
Relinked(links, old, new) == [k \in Keys |-> IF links[k] = old THEN new ELSE links[k]]

Delete(k) ==
  /\ k \in keys
  /\ keys' = keys \ {k}
  /\ IF left[k] # 0 /\ right[k] # 0
     THEN LET heir == Smallest(Below(right[k]))
              \* The tree without the heir, which has no left child.
              l == Relinked(left, heir, right[heir])
              r == Relinked(right, heir, right[heir])
          IN  /\ left' = [Relinked(l, k, heir) EXCEPT ![heir] = l[k], ![k] = 0]
              /\ right' = [Relinked(r, k, heir) EXCEPT ![heir] = r[k], ![k] = 0]
              /\ root' = IF root = k THEN heir ELSE root
     ELSE LET child == IF left[k] # 0 THEN left[k] ELSE right[k]
          IN  /\ left' = [Relinked(left, k, child) EXCEPT ![k] = 0]
              /\ right' = [Relinked(right, k, child) EXCEPT ![k] = 0]
              /\ root' = IF root = k THEN child ELSE root

Next == \E k \in Keys : Insert(k) \/ Delete(k)

Spec == Init /\ [][Next]_vars

RECURSIVE Height(_)
Height(link) ==
  IF link = 0
  THEN 0
  ELSE LET l == Height(left[link])
           r == Height(right[link])
       IN  1 + (IF l > r THEN l ELSE r)

\* The number of elements of a set of keys, counted one by one.
Count[S \in SUBSET Keys] ==
  IF S = {} THEN 0 ELSE 1 + Count[S \ {CHOOSE k \in S : TRUE}]

\* The tree has exactly the keys that it should have.
Complete == Below(root) = keys

\* Smaller keys are on the left, larger keys on the right.
Ordered ==
  \A k \in keys : (\A l \in Below(left[k]) : l < k) /\ (\A r \in Below(right[k]) : r > k)

\* The height lies between that of a full tree and that of a list.
HeightInBounds == Height(root) <= Count[keys] /\ Count[keys] < 2 ^ Height(root)

===============================================================================
