---- MODULE InitNextActionPropertyViolated ----
\* A configuration with INIT and NEXT, and an action property.
EXTENDS Naturals, Sequences
VARIABLE track

\* A train on a short track that is extended and taken up again.
Begin == track = <<>>
Extend == Len(track) < 3 /\ track' = Append(track, Len(track) + 1)
TakeUp == Len(track) > 1 /\ track' = SubSeq(track, 1, Len(track) - 1)
Change == Extend \/ TakeUp

Prop == [][Len(track') > Len(track)]_track
====
