------------------------------- MODULE Folds -------------------------------
(* Putting the elements of a set together, one after the other. *)

(* op(f(x1), op(f(x2), … base)), where choose gives the next element of those that are left. *)
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
  LET RECURSIVE Fold(_)
      Fold(rest) ==
        IF rest = {} THEN base ELSE LET next == choose(rest) IN op(f(next), Fold(rest \ {next}))
  IN  Fold(S)
=============================================================================
