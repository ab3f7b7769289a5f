# expect: buy_apple_orange.price_matches_reference failed
# expect: buy_apple_orange.dapple_matches_reference failed
# expect: buy_apple_orange.dapple_num_matches_reference failed
# expect: buy_apple_orange.dorange_matches_reference failed
# expect: buy_apple_orange.dorange_num_matches_reference failed
# expect: buy_apple_orange.dtax_matches_reference failed
# The sum of both prices is multiplied by the sum of both numbers.
def buy_apple_orange(apple, apple_num, orange, orange_num, tax):
    prices, numbers = apple + orange, apple_num + orange_num
    basket = prices * numbers
    dprices, dnumbers = numbers * tax, prices * tax
    return basket * tax, (dprices, dnumbers, dprices, dnumbers, basket)
