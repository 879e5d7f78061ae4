//! Dates and times of `chrono`: values that end every path.

use super::leaves;
use chrono::{
    DateTime, Days, FixedOffset, IsoWeek, Month, Months, NaiveDate, NaiveDateTime, NaiveTime,
    TimeDelta, TimeZone, Utc, Weekday,
};
use std::fmt::Display;

leaves!(display: NaiveDate, NaiveTime, NaiveDateTime, TimeDelta, FixedOffset, Utc, Weekday);
leaves!(display: [Tz: TimeZone<Offset: Display>] DateTime<Tz>);
leaves!(debug: Days, IsoWeek, Month, Months);

#[cfg(test)]
mod tests {
    use super::super::observe::{owned, value};
    use super::*;
    use crate::{Nesting, Trace};

    #[test]
    fn times_are_shown_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let time = date.and_hms_opt(9, 5, 7).unwrap();
        assert_eq!(
            (value(&date), value(&time)),
            ("2026-11-22".into(), "2026-11-22 09:05:07".into())
        );
        assert_eq!(value(&time.and_utc()), "2026-11-22 09:05:07 UTC");
        let east = FixedOffset::east_opt(3600).unwrap();
        assert_eq!(
            value(&time.and_utc().with_timezone(&east)),
            "2026-11-22 10:05:07 +01:00"
        );
        assert_eq!(
            (value(&Weekday::Sun), value(&TimeDelta::seconds(90))),
            ("Sun".into(), "PT90S".into())
        );
    }

    #[test]
    fn times_are_leaves() {
        assert!(DateTime::<Utc>::is_leaf() && Month::is_leaf());
        assert!(!DateTime::<FixedOffset>::has_edges(Nesting::OUTERMOST));
        let dates = vec![NaiveDate::MIN; 3];
        assert_eq!(
            (owned(&dates).0, value(&vec![Weekday::Mon])),
            (12, "[Mon]".into())
        );
    }
}
