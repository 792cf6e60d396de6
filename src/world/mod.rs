//! One run: the calendar, the order of a month, and what is observed. The equations are in
//! the rooms of the actors; the numbers are in the scenario.

pub mod benchmark;
