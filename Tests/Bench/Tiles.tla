--------------------------------- MODULE Tiles --------------------------------
\* Tiles: the sliding puzzle
\*
\* Tiles lie in a frame with one gap. A tile beside the gap slides into it. Half of the
\* arrangements can be reached.
\*
\* Stresses: a puzzle: many states of one function, arithmetic on positions.

EXTENDS Integers, FiniteSets

CONSTANTS
  Width,       \* of the frame
  Height       \* of the frame

VARIABLES
  board,       \* for each place, the tile that lies there; 0 is the gap
  gap          \* the place of the gap

vars == <<board, gap>>

Places == 0..(Width * Height - 1)
Row(p) == p \div Width
Column(p) == p % Width

Distance(a, b) == IF a > b THEN a - b ELSE b - a

\* The places beside a place.
Beside(p) ==
  {q \in Places : Distance(Row(p), Row(q)) + Distance(Column(p), Column(q)) = 1}

TypeOK ==
  /\ board \in [Places -> Places]
  /\ gap \in Places

Init ==
  /\ board = [p \in Places |-> p]
  /\ gap = 0

Slide(p) ==
  /\ board' = [board EXCEPT ![gap] = board[p], ![p] = 0]
  /\ gap' = p

Next == \E p \in Beside(gap) : Slide(p)

Spec == Init /\ [][Next]_vars

\* No tile is lost or doubled.
Permutation == \A t \in Places : \E p \in Places : board[p] = t

\* The pairs of places whose tiles are in the wrong order.
Inversions == {pair \in Places \X Places : pair[1] < pair[2] /\ board[pair[1]] > board[pair[2]]}

\* Each slide swaps two tiles and moves the gap by one place.
Parity == (Cardinality(Inversions) + Row(gap) + Column(gap)) % 2 = 0

===============================================================================
