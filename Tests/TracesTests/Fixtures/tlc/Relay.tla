------------------------------- MODULE Relay -------------------------------
\* Stations in a ring hand a token on; a station may lose it, and it may come back.
EXTENDS Naturals, Sequences
CONSTANTS Stations, Nobody
VARIABLES token, wire, laps

Successor(s) == CHOOSE t \in Stations : t # s

Init ==
  /\ token \in Stations
  /\ wire = [s \in Stations |-> <<>>]
  /\ laps = 0

Send(s) ==
  /\ token = s
  /\ token' = Nobody
  /\ wire' = [wire EXCEPT ![Successor(s)] = Append(@, [lap |-> laps, marks |-> {laps, laps + 1}])]
  /\ laps' = laps

Take(s) ==
  /\ wire[s] # <<>>
  /\ token' = s
  /\ wire' = [wire EXCEPT ![s] = Tail(@)]
  /\ laps' = (laps + 1) % 3

Next == \E s \in Stations : Send(s) \/ Take(s)

Short == laps < 2
Bounded == laps < 3
Rests == <>[](laps = 0)
Moves == <>(laps = 1)
Never == laps > 0
Spec == Init /\ [][Next]_<<token, wire, laps>> /\ WF_<<token, wire, laps>>(Next)
Unfair == Init /\ [][Next]_<<token, wire, laps>>
=============================================================================
