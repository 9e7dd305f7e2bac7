---- MODULE ChooseOrder ----
\* CHOOSE takes the first of an order that is neither alphabetical nor that of the set: strings and model values by
\* first occurrence, sets and sequences by size first.
EXTENDS Naturals
CONSTANT M
VARIABLES word, value, rest
Words == {"pear", "fig", "apple"}
Init == word = "start" /\ value = (CHOOSE m \in M : TRUE) /\ rest = M
Next ==
  \/ word = "start" /\ word' = (CHOOSE w \in Words : TRUE) /\ UNCHANGED <<value, rest>>
  \/ word # "start" /\ word' = (CHOOSE w \in {"apple", "fig"} : w # word) /\ UNCHANGED <<value, rest>>
  \/ rest # {} /\ value' = (CHOOSE m \in rest : TRUE) /\ rest' = rest \ {value'} /\ UNCHANGED word
  \/ rest = {} /\ rest' = (CHOOSE t \in SUBSET M : value \in t) /\ UNCHANGED <<word, value>>
  \/ rest = {} /\ rest' = {CHOOSE m \in M : m # value} /\ UNCHANGED <<word, value>>
====
