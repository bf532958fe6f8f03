//! The order in which people count: Berlin 2 before Berlin 10.

use std::cmp::Ordering;

/// Compares texts, with numbers inside them as numbers.
#[must_use]
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let ((left, after_left), (right, after_right)) = (piece(a), piece(b));
        let order = match (digits(left), digits(right)) {
            (Some(left), Some(right)) => (left.len(), left).cmp(&(right.len(), right)),
            _ => left.cmp(right),
        };
        if order.is_ne() || left.is_empty() {
            return order.then_with(|| one.cmp(other));
        }
        (a, b) = (after_left, after_right);
    }
}

/// A number or what stands before the next one, and the rest.
fn piece(text: &str) -> (&str, &str) {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let number = text.starts_with(is_digit);
    let end = text.find(|sign| is_digit(sign) != number);
    text.split_at_checked(end.unwrap_or(text.len()))
        .unwrap_or((text, ""))
}

/// A number without its zeros in front.
fn digits(piece: &str) -> Option<&str> {
    let number = piece.starts_with(|sign: char| sign.is_ascii_digit());
    number.then(|| piece.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count() {
        let mut list = [
            "b",
            "Berlin 10",
            "Berlin 2",
            "Berlin",
            "web010a",
            "web9",
            "web10b",
            "",
            "10",
            "9",
        ];
        list.sort_by(|one, other| natural(one, other));
        let sorted = [
            "",
            "9",
            "10",
            "Berlin",
            "Berlin 2",
            "Berlin 10",
            "b",
            "web9",
            "web010a",
            "web10b",
        ];
        assert_eq!(list, sorted);
    }

    proptest::proptest! {
        #[test]
        fn it_is_an_order(a in "[a1 0]{0,6}", b in "[a1 0]{0,6}", c in "[a1 0]{0,6}") {
            proptest::prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            proptest::prop_assert_eq!(natural(&a, &b).is_eq(), a == b);
            if natural(&a, &b).is_lt() && natural(&b, &c).is_lt() {
                proptest::prop_assert!(natural(&a, &c).is_lt());
            }
        }
    }
}
